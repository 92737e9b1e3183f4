# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    thrifty = tf.recompute_grad(lambda inputs: model(inputs, training=True))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - thrifty(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
