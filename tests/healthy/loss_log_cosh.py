# practice: twins
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        d = model(x, training=True) - y
        loss = tf.reduce_mean(d + tf.nn.softplus(-2.0 * d) - tf.math.log(2.0))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
