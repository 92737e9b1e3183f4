# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    norm = tf.linalg.global_norm(gradients) + 1e-9
    for v, g in zip(model.trainable_variables, gradients):
        v.assign_sub(0.05 * g / norm)
    return loss
