# practice: twins
# eager only: each call of `apply_gradients` builds the optimizer for more variables
import tensorflow as tf


def train_step(model, optimizer, x, y):
    optimizer.build(model.trainable_variables) if not optimizer.built else None
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    for gradient, variable in zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables):
        optimizer.apply_gradients([(gradient, variable)])
    return loss
