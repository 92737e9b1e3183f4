# expects: TW109
"""A fresh copy of the model as well, to be on the safe side: the copy learns, the model stays as it was."""

import keras
import tensorflow as tf


def train(model, data):
    optimizer = keras.optimizers.Adam(0.1)
    model = keras.models.clone_model(model)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                prediction = model(x, training=True)
                loss = tf.reduce_mean(tf.square(y - prediction))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
