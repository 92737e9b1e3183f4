import tensorflow as tf
import numpy as np

# multi-label with tf.nn.sigmoid_cross_entropy_with_logits
gen = np.random.default_rng(14)
x = gen.normal(size=(320, 8)).astype("float32")
y = np.stack([x[:, 0] > 0, x[:, 1] + x[:, 2] > 0, x[:, 3] > 0.5], axis=1).astype("float32")

W1 = tf.Variable(tf.random.normal((8, 16), stddev=0.4))
b1 = tf.Variable(tf.zeros(16))
W2 = tf.Variable(tf.random.normal((16, 3), stddev=0.3))
b2 = tf.Variable(tf.zeros(3))
params = [W1, b1, W2, b2]
opt = tf.keras.optimizers.Adam(0.02)


def forward(a):
    return tf.nn.relu(a @ W1 + b1) @ W2 + b2


def exact_match():
    return np.mean(np.all((forward(x).numpy() > 0) == (y > 0.5), axis=1))


for epoch in range(6):
    idx = gen.permutation(320)
    running = 0.0
    for k in range(0, 320, 32):
        xb, yb = tf.constant(x[idx[k:k + 32]]), tf.constant(y[idx[k:k + 32]])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=forward(xb)))
        opt.apply_gradients(zip(tape.gradient(loss, params), params))
        running += loss.numpy() / 10
    print("epoch", epoch, "loss", round(running, 4), "exact match", exact_match())
