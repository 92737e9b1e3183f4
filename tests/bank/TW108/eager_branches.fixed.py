import tensorflow as tf
import numpy as np
from tensorflow.keras import layers

tf.random.set_seed(4)
np.random.seed(4)


class WideAndDeep(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.wide = layers.Dense(8, activation="linear", name="wide")
        self.deep1 = layers.Dense(24, activation="relu", name="deep1")
        self.deep2 = layers.Dense(8, activation="relu", name="deep2")
        self.out = layers.Dense(1, name="out")

    def call(self, inputs):
        wide = self.wide(inputs)
        deep = self.deep2(self.deep1(inputs))
        merged = tf.concat([wide, deep], axis=-1)
        return self.out(merged)


X = np.random.randn(300, 4).astype("float32")
y = (X[:, :1] - X[:, 1:2] + np.maximum(X[:, 2:3], 0) * 2).astype("float32")

model = WideAndDeep()
optimizer = tf.keras.optimizers.Adam(0.01)
for epoch in range(8):
    perm = np.random.permutation(300)
    batch_losses = []
    for i in range(0, 300, 30):
        with tf.GradientTape() as tape:
            err = y[perm[i:i + 30]] - model(X[perm[i:i + 30]], training=True)
            loss = tf.reduce_mean(err ** 2)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        batch_losses.append(float(loss))
    print(f"epoch {epoch} loss {np.mean(batch_losses):.4f}")
