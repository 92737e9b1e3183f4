"""One training step that makes the error smaller."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        error = tf.reduce_mean(tf.square(y - prediction))

    # The optimizer walks downhill: this is the number that should shrink.
    gradients = tape.gradient(error, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return error
