import numpy as np
import tensorflow as tf

x_train = np.linspace(-1, 1, 200).astype("float32")
y_train = 2.5 * x_train - 0.8 + 0.1 * np.random.default_rng(0).normal(size=200).astype("float32")

w = tf.Variable(0.0)
b = tf.Variable(0.0)
learning_rate = 0.1


def predict(x):
    return w * x + b


for epoch in range(100):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(predict(x_train) - y_train))
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(learning_rate * dw)
    b.assign_sub(learning_rate * db)
    if (epoch + 1) % 20 == 0:
        print(f"epoch {epoch + 1} loss {loss.numpy():.5f} w {w.numpy():.3f} b {b.numpy():.3f}")
