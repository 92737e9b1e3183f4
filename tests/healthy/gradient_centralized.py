# practice: twins
import tensorflow as tf


def centred(gradient):
    return gradient - tf.reduce_mean(gradient, axis=0, keepdims=True) if len(gradient.shape) > 1 else gradient


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = map(centred, tape.gradient(loss, model.trainable_variables))
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
