"""The training step: forward, loss, gradient, update, measure."""

import tensorflow as tf


def train_step(model, optimizer, loss_fn, x, y):
    """Learn from x of shape (32, 4), y of shape (32,); return the loss."""
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = loss_fn(y, prediction)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
