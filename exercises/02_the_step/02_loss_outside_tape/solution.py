"""One training step whose tape sees the whole way to the loss."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))

    # Outside again: going backwards need not be recorded.
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
