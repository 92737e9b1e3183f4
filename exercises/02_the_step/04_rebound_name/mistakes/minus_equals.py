# expects: TW133
"""`-=` looks as if it changed the variable in place; here it moves the label as well."""

import tensorflow as tf


def train_step(model, learning_rate, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable -= learning_rate * gradient
    return loss
