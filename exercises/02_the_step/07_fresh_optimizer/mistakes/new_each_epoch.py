# expects: TW114
"""Out of the inner loop, and not out of the outer one: eight steps of memory, then none."""

import keras
import tensorflow as tf


def train(model, data):
    for epoch in range(5):
        optimizer = keras.optimizers.Adam(0.1)
        for x, y in data:
            with tf.GradientTape() as tape:
                prediction = model(x, training=True)
                loss = tf.reduce_mean(tf.square(y - prediction))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
