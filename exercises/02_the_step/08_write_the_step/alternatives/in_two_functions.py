"""Direction and step as two functions, and a look at the model in inference mode in between."""

import tensorflow as tf


def direction(model, loss_fn, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = loss_fn(y, model(x, training=True))
    return loss, [tape.gradient(loss, variable) for variable in model.trainable_variables]


def train_step(model, optimizer, loss_fn, x, y):
    loss, gradients = direction(model, loss_fn, x, y)
    before = loss_fn(y, model(x, training=False))
    optimizer.apply_gradients(list(zip(gradients, model.trainable_variables)))
    tf.debugging.assert_all_finite(before, "the loss before the step")
    return loss.numpy()
