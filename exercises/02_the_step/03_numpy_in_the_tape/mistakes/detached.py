# expects: TW107
"""A habit from `.detach()`: take the prediction off the tape before comparing it."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = model(x, training=True)
        error = tf.square(y - tf.stop_gradient(stars))
        loss = tf.reduce_mean(error)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
