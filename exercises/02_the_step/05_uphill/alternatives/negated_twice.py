"""Keep the score and turn every gradient round: two signs that cancel."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        score = -tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = [-gradient for gradient in tape.gradient(score, model.trainable_variables)]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return score
