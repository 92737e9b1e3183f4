# crashes
import keras
import numpy as np
import tensorflow as tf


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(24, activation="relu")
        self.last = keras.layers.Dense(1)
        self.mse_tracker = keras.metrics.Mean(name="mse")

    def call(self, x):
        return self.last(self.hidden(x))

    @property
    def metrics(self):
        return [self.mse_tracker]

    def train_step(self, data):
        x, y = data
        opt = keras.optimizers.Adam(0.01)  # HERE
        with tf.GradientTape() as tape:
            mse = tf.reduce_mean((self(x, training=True) - y) ** 2)
        opt.apply_gradients(zip(tape.gradient(mse, self.trainable_variables), self.trainable_variables))
        self.mse_tracker.update_state(mse)
        return {"mse": self.mse_tracker.result()}


rng = np.random.default_rng(48)
x = rng.normal(size=(384, 4)).astype("float32")
y = np.maximum(x[:, :1], x[:, 1:2])
net = Net()
net.compile()
net.fit(x, y, batch_size=32, epochs=6, verbose=2)
