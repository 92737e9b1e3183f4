"""`optimizer.apply` takes two lists instead of pairs."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss
