# exercise: house-price
import keras
import tensorflow as tf


def train(x, y):
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    opt = keras.optimizers.Adam(0.1)
    for epoch in range(5):
        for i in range(0, len(x), 16):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x[i : i + 16], training=True) - y[i : i + 16]) ** 2)
            g = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(g, model.trainable_variables))
    return model
