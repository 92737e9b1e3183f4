# expects: TW114
"""Traced, the same mistake stops with an error: a graph makes no new variables on a later call."""

import keras
import tensorflow as tf


@tf.function
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
