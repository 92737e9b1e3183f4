"""Wind power regression with a custom train_step and a home-made split."""
import keras
import numpy as np
import tensorflow as tf


class WindNet(keras.Model):
    def __init__(self, width=24):
        super().__init__()
        self.a = keras.layers.Dense(width, activation="relu")
        self.b = keras.layers.Dense(width, activation="relu")
        self.c = keras.layers.Dense(1)

    def call(self, inputs):
        return self.c(self.b(self.a(inputs)))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


def split(x, y, fraction, rng):
    n_val = int(len(x) * fraction)
    everything = rng.permutation(len(x))
    train_idx, val_idx = everything[n_val:], everything[:n_val]
    return x[train_idx], y[train_idx], x[val_idx], y[val_idx]


if __name__ == "__main__":
    rng = np.random.default_rng(8)
    wind = rng.normal(0, 1, (500, 6)).astype("float32")
    power = (np.tanh(wind[:, 0] * 1.5) + 0.3 * wind[:, 1] ** 2 + 0.05 * rng.normal(size=500)).astype("float32")
    x_tr, y_tr, x_va, y_va = split(wind, power[:, None], 0.2, rng)
    m = WindNet()
    m.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    m.fit(x_tr, y_tr, validation_data=(x_va, y_va), epochs=6, batch_size=25, verbose=2)
