# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    weights = {v.path: v for v in model.trainable_variables}
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, weights)
    for name in sorted(weights):
        weights[name].assign_sub(0.05 * gradients[name])
    return loss
