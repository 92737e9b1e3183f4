# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        with tf.GradientTape() as inner:
            inner.watch(x)
            prediction = model(x, training=True)
        slope = inner.gradient(prediction, x)
        penalty = tf.reduce_mean(tf.reduce_sum(tf.square(slope), axis=1))
        loss = tf.reduce_mean(tf.square(y - prediction)) + 1e-3 * penalty
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
