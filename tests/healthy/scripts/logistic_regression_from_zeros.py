import numpy as np
import tensorflow as tf

# convex problem: starting from zero weights is fine. Full batch gradient descent.
rng = np.random.default_rng(100)
X = rng.normal(size=(300, 2)).astype("float32")
y = (X @ np.array([[2.0], [-1.0]]) + 0.3 * rng.normal(size=(300, 1)) > 0).astype("float32")

theta = tf.Variable(tf.zeros((2, 1)))
bias = tf.Variable(0.0)
alpha = 1.0


def cost():
    z = tf.matmul(X, theta) + bias
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))


for i in range(81):
    with tf.GradientTape() as tape:
        J = cost()
    d_theta, d_bias = tape.gradient(J, [theta, bias])
    theta.assign_sub(alpha * d_theta)
    bias.assign_sub(alpha * d_bias)
    if i % 20 == 0:
        print("step", i, "cost", J.numpy())

print("theta", theta.numpy().ravel(), "bias", bias.numpy())
accuracy = np.mean(((X @ theta.numpy() + bias.numpy()) > 0) == (y > 0.5))
print("training accuracy", accuracy)
