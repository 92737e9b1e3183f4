"""A persistent tape asked once for each layer; the optimizer is told all variables first."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = {layer.name: tape.gradient(loss, layer.trainable_variables) for layer in model.layers}
    for layer in reversed(model.layers):
        optimizer.apply_gradients(zip(gradients[layer.name], layer.trainable_variables))
    return loss
