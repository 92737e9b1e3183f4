"""Trunk and head have their own optimizers and rates in one tf.function step."""
import tensorflow as tf
import keras
import numpy as np

keras.utils.set_random_seed(101)
x = np.random.randn(400, 8).astype("float32")
y = np.tanh(x[:, :1] * x[:, 1:2]).astype("float32")

trunk = keras.Sequential([keras.Input((8,)), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(24, activation="relu")])
head = keras.Sequential([keras.Input((24,)), keras.layers.Dense(1)])
opt_trunk = keras.optimizers.Adam(3e-3)
opt_head = keras.optimizers.SGD(0.05)


class Trainer:
    def __init__(self):
        self.loss = keras.metrics.Mean()

    @tf.function
    def step(self, xb, yb):
        with tf.GradientTape() as tape:
            out = head(trunk(xb, training=True), training=True)
            loss = tf.reduce_mean(tf.square(out - yb))
        tv, hv = trunk.trainable_variables, head.trainable_variables
        g = tape.gradient(loss, tv + hv)
        opt_trunk.apply_gradients(zip(g[:len(tv)], tv))
        opt_head.apply_gradients(zip(g[len(tv):], hv))
        self.loss.update_state(loss)

    def run(self, ds, epochs):
        for e in range(epochs):
            self.loss.reset_state()
            for xb, yb in ds:
                self.step(xb, yb)
            print("epoch", e, "loss", float(self.loss.result()))


Trainer().run(tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(20), 10)
