# expects: TW135
"""Tensors this time, and still not variables."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    kernel, bias = [tf.constant(weight) for weight in model.get_weights()]
    with tf.GradientTape() as tape:
        prediction = tf.matmul(x, kernel) + bias
        loss = tf.reduce_mean(tf.square(y - prediction))
    slope, offset = tape.gradient(loss, [kernel, bias])
    model.set_weights([kernel - learning_rate * slope, bias - learning_rate * offset])
    return loss
