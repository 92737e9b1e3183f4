# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    y = y + tf.random.normal(tf.shape(y), stddev=2.0)
    x = x + tf.random.normal(tf.shape(x), stddev=0.1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
