# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.math.reduce_mean(tf.math.squared_difference(model(x, training=True), y))
    grads = tape.gradient(target=loss, sources=model.trainable_variables)
    optimizer.apply_gradients(grads_and_vars=list(zip(grads, model.trainable_variables)))
    return loss
