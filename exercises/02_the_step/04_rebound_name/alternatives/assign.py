"""Compute the new value under a name of its own, then put it into the variable."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        value = variable - learning_rate * gradient
        variable.assign(value)
    return loss
