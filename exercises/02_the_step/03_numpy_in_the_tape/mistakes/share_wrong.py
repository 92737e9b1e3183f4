# expects: TW105
"""The share of wrong ratings is a fine metric and has no slope."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = model(x, training=True)
        wrong = tf.abs(y - stars) > 0.5
        loss = tf.reduce_mean(tf.cast(wrong, tf.float32))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
