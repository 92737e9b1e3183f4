# practice: regression
import tensorflow as tf


def train_step(model, optimizer, x, y):
    w1, b1, w2, b2 = model.trainable_variables
    h = tf.nn.relu(x @ w1 + b1)
    error = h @ w2 + b2 - y
    d = 2.0 * error / tf.cast(tf.size(y), tf.float32)
    dh = (d @ tf.transpose(w2)) * tf.cast(h > 0, tf.float32)
    gradients = [tf.transpose(x) @ dh, tf.reduce_sum(dh, 0), tf.transpose(h) @ d, tf.reduce_sum(d, 0)]
    optimizer.apply_gradients(zip(gradients, [w1, b1, w2, b2]))
    return tf.reduce_mean(tf.square(error))
