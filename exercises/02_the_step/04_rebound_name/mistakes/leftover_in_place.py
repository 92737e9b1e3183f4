# expects: TW138
"""The update is right; then the leftover error is written into the targets themselves."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable.assign_sub(learning_rate * gradient)
    y -= model(x).numpy()
    return tf.reduce_mean(tf.square(y))
