# practice: twins
import tensorflow as tf

velocity = []


def train_step(model, optimizer, x, y):
    if not velocity:
        velocity.extend(tf.Variable(tf.zeros(v.shape), trainable=False) for v in model.trainable_variables)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for v, m, g in zip(model.trainable_variables, velocity, gradients):
        m.assign(0.9 * m - 0.01 * g)
        v.assign_add(m)
    return loss
