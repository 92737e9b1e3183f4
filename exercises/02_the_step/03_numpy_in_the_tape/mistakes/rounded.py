# expects: TW106
"""Rounding to whole stars inside the loss."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = tf.round(model(x, training=True))
        loss = tf.reduce_mean(tf.square(y - stars))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
