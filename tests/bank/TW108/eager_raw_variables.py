# crashes
import tensorflow as tf
import numpy as np

# two layer net without keras layers
np.random.seed(0)
x = np.linspace(-1, 1, 150).reshape(-1, 1).astype(np.float32)
y = (np.sin(3 * x) + 0.5).astype(np.float32)

W1 = tf.Variable(tf.random.normal([1, 20], seed=1))
b1 = tf.Variable(tf.random.normal([20], seed=2) * 0.5)
W2 = tf.Variable(tf.random.normal([20, 1], stddev=0.3, seed=3))
b2 = tf.Variable(tf.zeros([1]))
params = [W1, b1, W2, b2]


def forward(inp):
    hidden = tf.nn.tanh(inp @ W1 + b1)
    return hidden @ W2  # HERE


lr = 0.1
for i in range(100):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(forward(x) - y))
    gradients = tape.gradient(loss, params)
    for p, g in zip(params, gradients):
        p.assign_sub(lr * g)
    if i % 20 == 0 or i == 99:
        print('iter', i, 'loss', loss.numpy())
