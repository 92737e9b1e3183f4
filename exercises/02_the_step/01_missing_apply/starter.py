"""One training step, and one of its five parts is missing."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))

    gradients = tape.gradient(loss, model.trainable_variables)

    # TODO: now the way down is known. What is missing?
    return loss
