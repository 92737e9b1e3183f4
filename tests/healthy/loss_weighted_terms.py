# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        square = tf.reduce_mean(tf.square(y - prediction))
        absolute = tf.reduce_mean(tf.abs(y - prediction))
        smooth = tf.reduce_mean(tf.square(model(x + 0.01, training=True) - prediction))
        loss = 0.7 * square + 0.3 * absolute + 0.1 * smooth
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
