import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)


def init():
    return [
        tf.Variable(rng.normal(0, 0.5, (1, 24)).astype("f4")),
        tf.Variable(tf.zeros(24)),
        tf.Variable(rng.normal(0, 0.2, (24, 1)).astype("f4")),
        tf.Variable(tf.zeros(1)),
    ]


def net(x, p):
    return tf.tanh(x @ p[0] + p[1]) @ p[2] + p[3]


def task():
    amp, phase = rng.uniform(0.5, 2), rng.uniform(0, np.pi)

    def sample(k=10):
        x = rng.uniform(-3, 3, (k, 1)).astype("f4")
        return x, (amp * np.sin(x + phase)).astype("f4")

    return sample


theta = init()
meta_opt = tf.keras.optimizers.Adam(5e-3)
inner_lr = 0.05
history = []
for it in range(40):
    with tf.GradientTape() as outer:
        meta_loss = 0.0
        for _ in range(4):
            s = task()
            xs, ys = s()
            with tf.GradientTape() as inner:
                l = tf.reduce_mean((net(xs, theta) - ys) ** 2)
            g = inner.gradient(l, theta)
            fast = [w - inner_lr * gw for w, gw in zip(theta, g)]
            xq, yq = s()
            meta_loss += tf.reduce_mean((net(xq, fast) - yq) ** 2)
        meta_loss /= 4
    mg = outer.gradient(meta_loss, theta)
    meta_opt.apply_gradients(zip(mg, theta))
    history.append(float(meta_loss))
    if it % 10 == 9:
        print(it + 1, np.mean(history[-10:]))
