import numpy as np
import tensorflow as tf

rng = np.random.default_rng(5)
X = tf.constant(rng.normal(size=(500, 4)), tf.float32)
Y = tf.constant(rng.normal(size=(4, 1)), tf.float32)
Y = X @ Y + 0.3 * tf.constant(rng.normal(size=(500, 1)), tf.float32) + 1.0

w = tf.Variable(tf.zeros([4, 1]))
b = tf.Variable(tf.zeros([1]))
lr = 0.1


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        err = tf.matmul(x, w) + b - y
        loss = tf.reduce_mean(err ** 2)
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(lr * dw)  # HERE
    b.assign_sub(lr * db)  # HERE
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(500).batch(25)
for epoch in range(12):
    if epoch == 4 or epoch == 8:
        lr = lr / 10  # HERE
    losses = []
    for xb, yb in ds:
        losses.append(step(xb, yb))
    print("epoch", epoch, "lr", float(lr), "loss", float(tf.reduce_mean(losses)))
