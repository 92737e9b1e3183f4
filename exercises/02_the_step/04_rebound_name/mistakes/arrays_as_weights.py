# expects: TW135
"""The weights taken out as arrays: the tape watches variables, and these are none."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    kernel, bias = model.get_weights()
    with tf.GradientTape() as tape:
        prediction = x @ kernel + bias
        loss = tf.reduce_mean(tf.square(y - prediction))
    slope, offset = tape.gradient(loss, [kernel, bias])
    model.set_weights([kernel - learning_rate * slope, bias - learning_rate * offset])
    return loss
