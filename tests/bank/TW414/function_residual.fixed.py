# warned TW122: the printed loss is that of the last batch, as the rule says; the gradient beside it is meant so
import tensorflow as tf
import numpy as np
from tensorflow.keras import layers


class Block(layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.a = layers.Dense(width, activation="relu", kernel_initializer="he_normal")
        self.b = layers.Dense(width, kernel_initializer="he_normal")
        self.norm = layers.LayerNormalization()

    def call(self, x):
        return x + self.b(self.a(self.norm(x)))


class DeepNet(tf.keras.Model):
    def __init__(self, depth=12, width=32):
        super().__init__()
        self.stem = layers.Dense(width)
        self.blocks = [Block(width) for _ in range(depth)]
        self.head = layers.Dense(1)

    def call(self, x):
        x = self.stem(x)
        for blk in self.blocks:
            x = blk(x)
        return self.head(x)


tf.random.set_seed(3)
rng = np.random.default_rng(3)
x = rng.normal(size=(320, 8)).astype("float32")
y = (np.tanh(x[:, :1]) + 0.5 * x[:, 1:2] * x[:, 2:3]).astype("float32")

net = DeepNet()
opt = tf.keras.optimizers.Adam(1e-3)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(net(a, training=True) - b))
    g = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(g, net.trainable_variables))
    return loss, tf.linalg.global_norm(g)


for epoch in range(8):
    for a, b in ds:
        loss, norm = train_step(a, b)
    print(f"epoch {epoch}: loss {loss.numpy():.4g}  |g| {norm.numpy():.4g}")
