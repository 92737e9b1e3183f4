# exercise: house-price
import keras
import tensorflow as tf


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(512).batch(16)
    model.fit(ds, epochs=5, verbose=0)
    return model
