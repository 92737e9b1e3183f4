# expects: TW104
"""`predict` works, batches and returns an array: all but a path for the tape."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = model.predict(x, verbose=0)
        loss = tf.reduce_mean(tf.square(y - stars))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
