# practice: twins
# hardly learns: the targets are drawn at random
import tensorflow as tf


def train_step(model, optimizer, x, y):
    y = tf.random.normal(tf.shape(y))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
