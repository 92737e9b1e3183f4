"""One training step: forward, loss, gradient, update, measure."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))

    gradients = tape.gradient(loss, model.trainable_variables)

    # Each gradient goes with its variable; the optimizer decides how far.
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
