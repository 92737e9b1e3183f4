"""A loss from Keras, in a traced step, with the gradients clipped."""

import keras
import tensorflow as tf

mean_squared_error = keras.losses.MeanSquaredError()


@tf.function
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    gradients, _ = tf.clip_by_global_norm(gradients, 5.0)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
