# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    lower, upper = model.trainable_variables[:4], model.trainable_variables[4:]
    pairs = list(zip(tape.gradient(loss, lower), lower)) + list(zip(tape.gradient(loss, upper), upper))
    del tape
    optimizer.apply_gradients(pairs)
    return loss
