# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        error = model(x, training=True) - y
        loss = tf.reduce_mean(error * error)
    grads = tape.gradient(loss, model.trainable_weights)
    for w, g in zip(model.trainable_weights, grads):
        new = w - 0.05 * g
        w.assign(new)
    return loss
