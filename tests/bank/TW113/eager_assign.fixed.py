# gradient descent for a straight line
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
km = rng.uniform(-1, 1, size=(120,)).astype("float32")
price = (-1.7 * km + 2.2 + 0.1 * rng.randn(120)).astype("float32")

slope = tf.Variable(0.5)
intercept = tf.Variable(0.0)
alpha = 0.05

for i in range(60):
    with tf.GradientTape() as t:
        guess = slope * km + intercept
        J = tf.reduce_mean((guess - price) ** 2)
    d_slope, d_intercept = t.gradient(J, [slope, intercept])
    slope.assign_sub(alpha * d_slope)
    intercept.assign_sub(alpha * d_intercept)
    if i % 10 == 0:
        print(f"step {i:2d}: J={J.numpy():.4f} slope={slope.numpy():.3f} intercept={intercept.numpy():.3f}")
