# expects: TW133
"""The list of variables is something the model reports, not something to be replaced."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    model.trainable_variables = [v - learning_rate * g for v, g in zip(model.trainable_variables, gradients)]
    return loss
