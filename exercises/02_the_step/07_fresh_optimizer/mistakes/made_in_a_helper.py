# expects: TW114
"""Tidied into a function, which is called at every step and makes a new one every time."""

import keras
import tensorflow as tf


def step(model, x, y):
    optimizer = keras.optimizers.Adam(0.1)
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))


def train(model, data):
    for epoch in range(5):
        for x, y in data:
            step(model, x, y)
