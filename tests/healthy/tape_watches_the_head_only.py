# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    head = model.layers[-1].trainable_variables
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([v.value for v in head])
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    optimizer.apply(tape.gradient(loss, head), head)
    return loss
