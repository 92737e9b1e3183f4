# expects: TW105
"""Stars are whole numbers, so the prediction is cast to one."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = tf.cast(model(x, training=True), tf.int32)
        error = tf.square(tf.cast(y, tf.int32) - stars)
        loss = tf.reduce_mean(tf.cast(error, tf.float32))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
