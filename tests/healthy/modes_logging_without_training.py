# practice: modes
import tensorflow as tf


def train_step(model, optimizer, x, y):
    before = tf.reduce_mean(tf.square(y - model(x, training=False)))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    after = tf.reduce_mean(tf.square(y - model(x, training=False)))
    return loss, before - after
