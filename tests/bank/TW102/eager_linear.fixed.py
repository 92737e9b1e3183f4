# Linear regression by hand, full batch
import tensorflow as tf
import numpy as np

rng = np.random.RandomState(5)
x = rng.rand(200, 1).astype(np.float32)
y = 3.0 * x - 1.0 + 0.05 * rng.randn(200, 1).astype(np.float32)

W = tf.Variable(tf.random.normal((1, 1), seed=1))
b = tf.Variable(tf.zeros((1,)))


def predict(inputs):
    return tf.matmul(inputs, W) + b


def mse(target, output):
    return tf.reduce_mean(tf.square(target - output))


learning_rate = 0.5
for step in range(80):
    with tf.GradientTape() as tape:
        y_hat = predict(x)
        loss = mse(y, y_hat)
    dW, db = tape.gradient(loss, [W, b])
    if dW is not None:
        W.assign_sub(learning_rate * dW)
    if db is not None:
        b.assign_sub(learning_rate * db)
    if step % 20 == 0:
        print("step", step, "loss", float(loss))

print("W =", W.numpy().ravel(), "b =", b.numpy())
