# expects: TW104
"""TensorFlow's square, and then NumPy's mean."""

import numpy as np
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = model(x, training=True)
        loss = np.mean(tf.square(y - stars))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
