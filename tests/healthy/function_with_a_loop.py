# practice: twins
import tensorflow as tf


@tf.function
def train_step(model, optimizer, x, y):
    loss = tf.constant(0.0)
    for half in tf.range(2):
        a, b = x[16 * half : 16 * half + 16], y[16 * half : 16 * half + 16]
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(b - model(a, training=True)))
        for v, g in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            v.assign_sub(0.05 * g)
    return loss
