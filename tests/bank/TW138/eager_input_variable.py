import tensorflow as tf
import numpy as np

np.random.seed(26)
x_data = np.random.randn(200, 3).astype(np.float32)
y_data = (x_data @ np.array([[2.0], [-1.0], [0.5]]) + 1.0).astype(np.float32)

x = tf.Variable(x_data)
y = tf.constant(y_data)
w = tf.Variable(tf.random.normal([3, 1], seed=1))
b = tf.Variable(tf.zeros([1]))
lr = 0.1

for step in range(80):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, w) + b - y))
    dx, db = tape.gradient(loss, [x, b])  # HERE
    x.assign_sub(lr * dx)  # HERE
    b.assign_sub(lr * db)
    if step % 10 == 9:
        print("step", step + 1, "loss", loss.numpy())
