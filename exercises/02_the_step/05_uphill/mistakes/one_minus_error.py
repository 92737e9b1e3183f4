# expects: TW113
"""`1 - error` is still a score: the one changes nothing, the minus does."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        score = 1.0 - tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(score, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return score
