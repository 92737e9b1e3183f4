# expects: TW101
"""`compile` introduces model and optimizer to each other; it moves nothing."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    model.compile(optimizer=optimizer, loss="mse")
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    return loss
