# practice: regression
import numpy as np
import tensorflow as tf

seen = []


def keep(values):
    seen.append(float(np.mean(values)))
    return np.float32(seen[-1])


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        tf.numpy_function(keep, [prediction], tf.float32)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
