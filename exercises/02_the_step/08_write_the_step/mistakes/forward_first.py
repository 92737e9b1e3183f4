# expects: TW102
"""The five sub-goals in the order of the list, with the tape opened only for the loss."""

import tensorflow as tf


def train_step(model, optimizer, loss_fn, x, y):
    prediction = model(x, training=True)
    with tf.GradientTape() as tape:
        loss = loss_fn(y, prediction)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
