# practice: modes
import inspect

import tensorflow as tf


def forward(model, x, training):
    for layer in model.layers:
        takes = "training" in inspect.signature(layer.call).parameters
        x = layer(x, training=training) if takes else layer(x)
    return x


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - forward(model, x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
