# expects: TW111
"""Grouped by shape, so that kernels meet kernels: whose kernel, the shape does not say."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    encoder, decoder = model.layers
    with tf.GradientTape() as tape:
        prediction = decoder(encoder(x))
        loss = tf.reduce_mean(tf.square(y - prediction))
    asked = [encoder.kernel, decoder.kernel, encoder.bias, decoder.bias]
    gradients = tape.gradient(loss, asked)
    optimizer.apply_gradients(zip(gradients, [decoder.kernel, encoder.kernel, decoder.bias, encoder.bias]))
    return loss
