# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        x = model(x, training=True)
        x = x - y
        x = x * x
        loss = tf.reduce_mean(x)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    loss = loss * 100.0
    return loss
