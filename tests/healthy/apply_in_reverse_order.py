# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    backwards = list(reversed(model.trainable_variables))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    optimizer.apply_gradients(zip(tape.gradient(loss, backwards), backwards))
    return loss
