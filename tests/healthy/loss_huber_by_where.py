# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        error = tf.abs(y - model(x, training=True))
        small = error < 1.0
        loss = tf.reduce_mean(tf.where(small, 0.5 * error**2, error - 0.5))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
