"""The error, clipped gradients, a traced step."""

import tensorflow as tf


@tf.function
def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.math.squared_difference(model(x, training=True), y))
    gradients, _ = tf.clip_by_global_norm(tape.gradient(error, variables), 4.0)
    optimizer.apply(gradients, variables)
    return error
