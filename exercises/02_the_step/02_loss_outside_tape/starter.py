"""One training step whose tape is switched off too early."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
    # TODO: the tape is off from here on. What should it have seen?
    loss = tf.reduce_mean(tf.square(y - prediction))

    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
