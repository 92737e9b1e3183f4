# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        gradients = inner.gradient(loss, variables)
        along = tf.add_n([tf.reduce_sum(g * tf.stop_gradient(g)) for g in gradients])
    curved = outer.gradient(along, variables)
    length = tf.add_n([tf.reduce_sum(g * g) for g in gradients])
    bend = tf.add_n([tf.reduce_sum(g * h) for g, h in zip(gradients, curved) if h is not None])
    rate = tf.clip_by_value(length / (tf.abs(bend) + 1e-6), 0.001, 0.05)
    for v, g in zip(variables, gradients):
        v.assign_sub(rate * g)
    return loss
