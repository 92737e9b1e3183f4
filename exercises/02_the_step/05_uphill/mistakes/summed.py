# expects: TW117
"""The sign is right; the sum over the batch makes every step as many times too long as the batch has rows."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        error = tf.reduce_sum(tf.square(y - prediction))
    gradients = tape.gradient(error, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return error
