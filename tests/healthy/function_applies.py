# practice: regression
import tensorflow as tf


@tf.function
def update(variables, gradients):
    for v, g in zip(variables, gradients):
        v.assign_sub(0.05 * g)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    values = [v.value for v in model.trainable_variables]
    update(values, tape.gradient(loss, model.trainable_variables))
    return loss
