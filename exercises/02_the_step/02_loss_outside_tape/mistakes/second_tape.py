# expects: TW102
"""Two tapes, each with half of the way; the one that is asked never saw the model."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as forward_tape:
        prediction = model(x, training=True)
    with tf.GradientTape() as loss_tape:
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = loss_tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
