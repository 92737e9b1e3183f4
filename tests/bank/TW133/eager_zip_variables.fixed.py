import tensorflow as tf
import numpy as np

np.random.seed(20)
X = np.random.randn(400, 3).astype(np.float32)
Y = (X @ np.array([[1.0], [-2.0], [0.5]]) + 0.7).astype(np.float32)

W1 = tf.Variable(tf.random.normal([3, 12], stddev=0.5))
b1 = tf.Variable(tf.zeros([12]))
W2 = tf.Variable(tf.random.normal([12, 1], stddev=0.3))
b2 = tf.Variable(tf.zeros([1]))
params = [W1, b1, W2, b2]
lr = 0.1


def net(x):
    return tf.matmul(tf.nn.tanh(tf.matmul(x, W1) + b1), W2) + b2


for it in range(150):
    idx = np.random.choice(400, 64, replace=False)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(X[idx]) - Y[idx]) ** 2)
    grads = tape.gradient(loss, params)
    for p, g in zip(params, grads):
        p.assign_sub(lr * g)
    if it % 30 == 0:
        print('iteration', it, 'train mse', float(tf.reduce_mean((net(X) - Y) ** 2)))
print('final', float(tf.reduce_mean((net(X) - Y) ** 2)))
