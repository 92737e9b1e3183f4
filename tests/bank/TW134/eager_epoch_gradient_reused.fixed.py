import numpy as np
import tensorflow as tf

np.random.seed(1)
x = np.random.uniform(-1, 1, 300).astype('float32')
y = (1.5 * x ** 2 - 0.7 * x + 0.2 + 0.05 * np.random.randn(300)).astype('float32')

a, b, c = tf.Variable(0.1), tf.Variable(0.1), tf.Variable(0.0)
variables = [a, b, c]

def model(x):
    return a * x * x + b * x + c

def loss_of(x, y):
    return tf.reduce_mean((model(x) - y) ** 2)

def compute_gradients():
    with tf.GradientTape() as tape:
        loss = loss_of(x, y)
    return tape.gradient(loss, variables)

learning_rate = 0.3
n = 0
while n < 100:
    gradients = compute_gradients()
    for var, grad in zip(variables, gradients):
        var.assign_sub(learning_rate * grad)
    n += 1
    if n % 10 == 0:
        print('after', n, 'updates: loss', loss_of(x, y).numpy())
