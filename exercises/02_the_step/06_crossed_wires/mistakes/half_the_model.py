# expects: unmet:held-out-loss
"""One list for both, and only half of the model in it."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    encoder, decoder = model.layers
    with tf.GradientTape() as tape:
        prediction = decoder(encoder(x))
        loss = tf.reduce_mean(tf.square(y - prediction))
    variables = decoder.trainable_variables
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
