"""Gradient descent by hand, without an optimizer."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))

    gradients = tape.gradient(loss, model.trainable_variables)

    for variable, gradient in zip(model.trainable_variables, gradients):
        # The same variable with a new content.
        variable.assign_sub(learning_rate * gradient)
    return loss
