# expects: TW134
"""The optimizer is out of the loop, and the tape went with it: one gradient for all forty steps."""

import keras
import tensorflow as tf


def train(model, data):
    optimizer = keras.optimizers.Adam(0.1)
    x, y = next(iter(data))
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)

    for epoch in range(5):
        for x, y in data:
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
