# expects: TW137
"""While lines were being moved, the update lost its place in the inner loop."""

import keras
import tensorflow as tf


def train(model, data):
    optimizer = keras.optimizers.Adam(0.1)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                prediction = model(x, training=True)
                loss = tf.reduce_mean(tf.square(y - prediction))
            gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
