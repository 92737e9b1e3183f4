"""A persistent tape, asked once for each variable, in a traced step."""

import tensorflow as tf


@tf.function
def train_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        error = y - model(x, training=True)
        loss = tf.reduce_mean(error**2)
    gradients = [tape.gradient(loss, variable) for variable in model.trainable_variables]
    del tape
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
