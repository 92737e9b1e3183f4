import tensorflow as tf
import numpy as np

rng = np.random.default_rng(6)
T, H = 12, 16
seq = rng.normal(size=(400, T, 2)).astype("float32")
seq[:, :, 1] = rng.random((400, T)) < 0.2
tgt = (seq[:, :, 0] * seq[:, :, 1]).sum(1, keepdims=True)

Wx = tf.Variable(tf.random.normal([2, H], stddev=0.3))
Wh = tf.Variable(tf.linalg.eye(H) * 0.9)
bh = tf.Variable(tf.zeros([H]))
Wo = tf.Variable(tf.random.normal([H, 1], stddev=0.3))
params = [Wx, Wh, bh, Wo]
opt = tf.keras.optimizers.Adam(1e-2, clipnorm=1.0)


@tf.function
def rnn(x):
    h = tf.zeros([tf.shape(x)[0], H])
    for t in tf.range(T):
        h = tf.nn.relu(x[:, t] @ Wx + h @ Wh + bh)
    return h @ Wo


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.math.squared_difference(rnn(x), y))
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss


for epoch in range(5):
    p = rng.permutation(400)
    s = 0.0
    for b in np.split(p, 10):
        s += train(tf.constant(seq[b]), tf.constant(tgt[b], tf.float32))
    print("epoch", epoch, "mse", float(s) / 10)
