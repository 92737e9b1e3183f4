"""NumPy is welcome outside the tape, to look at what the model says."""

import numpy as np
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        stars = model(x, training=True)
        loss = tf.reduce_mean((y - stars) ** 2)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))

    hits = np.mean(np.round(stars.numpy()) == np.asarray(y))
    train_step.hits = float(hits)  # kept for whoever wants to print it
    return float(loss)
