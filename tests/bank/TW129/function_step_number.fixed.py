import tensorflow as tf
import numpy as np

np.random.seed(3)
X = np.random.randn(240, 6).astype(np.float32)
T = np.random.randn(6, 2).astype(np.float32)
Y = X @ T + 0.1 * np.random.randn(240, 2).astype(np.float32)

W = tf.Variable(tf.random.normal([6, 2], stddev=0.1, seed=3))
B = tf.Variable(tf.zeros([2]))
warmup = 10.0


@tf.function
def train_step(x, y, step):
    lr = 0.2 * tf.minimum(1.0, (tf.cast(step, tf.float32) + 1.0) / warmup)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + B - y))
    gW, gB = tape.gradient(loss, [W, B])
    W.assign_sub(lr * gW)
    B.assign_sub(lr * gB)
    return loss


step = 0
for epoch in range(8):
    perm = np.random.permutation(240)
    epoch_loss = []
    for i in range(0, 240, 40):
        idx = perm[i:i + 40]
        epoch_loss.append(train_step(X[idx], Y[idx], tf.constant(step)))
        step += 1
    print("epoch", epoch, "loss", np.mean(epoch_loss))
