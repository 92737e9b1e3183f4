# exercise: house-price
import keras
import tensorflow as tf


def train(x, y):
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    for _ in range(300):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(x) - y) ** 2)
        for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            v.assign_sub(0.05 * g)
    return model
