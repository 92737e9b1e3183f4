# expects: TW111
"""Backpropagation goes backwards, so the gradients are turned round. They were in order already."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(reversed(gradients), model.trainable_variables))
    return loss
