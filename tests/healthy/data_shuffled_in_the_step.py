# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    order = tf.random.shuffle(tf.range(tf.shape(x)[0]))
    x, y = tf.gather(x, order), tf.gather(y, order)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
