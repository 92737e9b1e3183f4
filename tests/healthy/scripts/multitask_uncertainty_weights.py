import tensorflow as tf
import numpy as np

np.random.seed(2)
X = np.random.randn(640, 8).astype("float32")
y_reg = (X @ np.random.randn(8, 1)).astype("float32")
y_cls = (X[:, :1] + X[:, 1:2] > 0).astype("float32")


class MultiTask(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = tf.keras.layers.Dense(32, activation="relu")
        self.reg = tf.keras.layers.Dense(1)
        self.cls = tf.keras.layers.Dense(1)
        self.log_sigma = self.add_weight(name="log_sigma", shape=(2,), initializer="zeros")

    def call(self, x):
        h = self.trunk(x)
        return self.reg(h), self.cls(h)


net = MultiTask()
opt = tf.keras.optimizers.Adam(0.01)
ds = tf.data.Dataset.from_tensor_slices((X, y_reg, y_cls)).shuffle(640).batch(64)
for epoch in range(6):
    tot = []
    for x, yr, yc in ds:
        with tf.GradientTape() as t:
            pr, pc = net(x)
            lr_ = tf.reduce_mean((pr - yr) ** 2)
            lc = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yc, logits=pc))
            s = net.log_sigma
            # Kendall et al. 2018
            loss = tf.exp(-s[0]) * lr_ + s[0] + tf.exp(-s[1]) * lc + s[1]
        g = t.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(g, net.trainable_variables))
        tot.append(loss.numpy())
    print(epoch, np.mean(tot), net.log_sigma.numpy())
