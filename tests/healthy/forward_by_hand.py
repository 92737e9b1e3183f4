# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    parameters = model.trainable_variables
    with tf.GradientTape() as tape:
        h = x
        for i in range(0, len(parameters) - 2, 2):
            h = h @ parameters[i] + parameters[i + 1]
            h = tf.tanh(h) if i else h
        p = h @ parameters[-2] + parameters[-1]
        loss = tf.reduce_mean(tf.square(y - p))
    optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters))
    return loss
