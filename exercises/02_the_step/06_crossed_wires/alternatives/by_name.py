"""The tape answers in the shape of the question: a dictionary in, a dictionary out."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    variables = {variable.path: variable for variable in model.trainable_variables}
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients([(gradients[path], variables[path]) for path in sorted(variables)])
    return loss
