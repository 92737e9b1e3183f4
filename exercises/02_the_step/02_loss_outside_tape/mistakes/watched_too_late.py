# expects: TW103
"""Watching the loss afterwards does not bring back how it was made."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
    loss = tf.reduce_mean(tf.square(y - prediction))
    tape.watch(loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
