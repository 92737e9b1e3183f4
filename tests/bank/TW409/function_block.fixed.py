# crashes
import tensorflow as tf
import numpy as np


class ResBlock(tf.keras.layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.norm = tf.keras.layers.LayerNormalization()
        self.fc = tf.keras.layers.Dense(width, activation="gelu")

    def call(self, x):
        y = self.fc(self.norm(x))
        return x + y


def build(n_blocks=2, width=16):
    return tf.keras.Sequential(
        [tf.keras.layers.Dense(width)] + [ResBlock(width) for _ in range(n_blocks)] + [tf.keras.layers.Dense(3)]
    )


rng = np.random.default_rng(41)
x = rng.normal(size=(360, 5)).astype("float32")
y = (x[:, 0] > 0).astype(int) + (x[:, 1] * x[:, 0] > 0).astype(int)

model = build()
opt = tf.keras.optimizers.Adam(0.005)
loss_obj = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train(a, b):
    with tf.GradientTape() as t:
        l = loss_obj(b, model(a, training=True))
    grads = t.gradient(l, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return l


for epoch in range(10):
    p = rng.permutation(360)
    out = []
    for k in range(0, 360, 36):
        out.append(train(tf.constant(x[p[k:k + 36]]), tf.constant(y[p[k:k + 36]])).numpy())
    print("epoch", epoch, np.mean(out))
