# practice: twins
# eager only: a Python loop on the value
import tensorflow as tf


def mse(model, x, y):
    return tf.reduce_mean(tf.square(y - model(x, training=True)))


def train_step(model, optimizer, x, y):
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = mse(model, x, y)
    gradients = tape.gradient(loss, weights)
    start = [tf.identity(w) for w in weights]
    rate = 0.4
    while rate > 1e-3:
        for w, s, g in zip(weights, start, gradients):
            w.assign(s - rate * g)
        if mse(model, x, y) < loss:
            break
        rate /= 2
    return loss
