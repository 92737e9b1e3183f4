# expects: TW113
"""The error is right now, and the minus moved to the gradients: descent was subtracted twice."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        error = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(error, model.trainable_variables)
    downhill = [-gradient for gradient in gradients]
    optimizer.apply_gradients(zip(downhill, model.trainable_variables))
    return error
