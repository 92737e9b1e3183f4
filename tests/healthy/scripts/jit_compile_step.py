"""tf.function(jit_compile=True) training step with a hand-written model."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(40)


class Dense(tf.Module):
    def __init__(self, n_in, n_out, act=None):
        super().__init__()
        self.w = tf.Variable(tf.random.normal((n_in, n_out)) * (2.0 / n_in) ** 0.5)
        self.b = tf.Variable(tf.zeros(n_out))
        self.act = act or (lambda t: t)

    def __call__(self, x):
        return self.act(x @ self.w + self.b)


class MLP(tf.Module):
    def __init__(self):
        super().__init__()
        self.layers = [Dense(3, 24, tf.nn.relu), Dense(24, 24, tf.nn.relu), Dense(24, 1)]

    def __call__(self, x):
        for l in self.layers:
            x = l(x)
        return x


net = MLP()


@tf.function(jit_compile=True)
def train_step(x, y, lr):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(x) - y) ** 2)
    for v, g in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables)):
        v.assign_sub(lr * g)
    return loss


X = np.random.RandomState(0).uniform(-1, 1, (256, 3)).astype("float32")
Y = (X[:, :1] * X[:, 1:2] + X[:, 2:]).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(256).batch(32, drop_remainder=True)
rate = tf.constant(0.1)
for epoch in range(20):
    losses = [train_step(a, b, rate) for a, b in ds]
    if epoch % 4 == 3:
        print("epoch", epoch + 1, "loss", float(tf.reduce_mean(losses)))
