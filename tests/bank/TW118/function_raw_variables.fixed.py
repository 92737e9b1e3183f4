import tensorflow as tf
import numpy as np

np.random.seed(45)
area = np.random.rand(256, 3).astype("float32")
rent = (2.0 * area[:, 0] + area[:, 1] - area[:, 2] + 0.3).astype("float32")

w = tf.Variable(tf.zeros([3, 1]), name="w")
b = tf.Variable(0.0, name="b")
step_size = tf.constant(0.3)


def huber(err, delta=1.0):
    a = tf.abs(err)
    return tf.where(a < delta, 0.5 * a * a, delta * (a - 0.5 * delta))


@tf.function
def gd(x, y):
    with tf.GradientTape() as tape:
        y_hat = tf.squeeze(tf.matmul(x, w) + b, axis=1)
        loss = tf.reduce_mean(huber(y_hat - y))
    gw, gb = tape.gradient(loss, [w, b])
    w.assign_sub(step_size * gw)
    b.assign_sub(step_size * gb)
    return loss


xs, ys = tf.constant(area), tf.constant(rent)
for i in range(200):
    loss = gd(xs, ys)
    if i % 40 == 0:
        print("it", i, "huber", loss.numpy())
print("w", w.numpy().ravel(), "b", b.numpy(), "huber", loss.numpy())
