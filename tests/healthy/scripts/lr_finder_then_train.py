"""Learning rate range test on a throw-away copy, then the real training."""
import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(88)
X = rng.normal(size=(480, 7)).astype("float32")
Y = (np.tanh(X[:, :1]) * X[:, 1:2] + 0.3 * X[:, 2:3]).astype("float32")


def build():
    return keras.Sequential([keras.Input((7,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])


class ExponentialRate(keras.callbacks.Callback):
    def __init__(self, factor):
        super().__init__()
        self.factor, self.total, self.rates, self.losses = factor, 0.0, [], []

    def on_train_batch_end(self, batch, logs=None):
        lr = float(self.model.optimizer.learning_rate)
        self.rates.append(lr)
        # logs hold the mean since the epoch began: undo that to get this batch
        total = logs["loss"] * (batch + 1)
        self.losses.append(total - self.total)
        self.total = total
        self.model.optimizer.learning_rate.assign(lr * self.factor)


model = build()
probe = keras.models.clone_model(model)
probe.set_weights(model.get_weights())
probe.compile(optimizer=keras.optimizers.SGD(3e-3), loss="mse")
finder = ExponentialRate(factor=1.2)
probe.fit(X, Y, epochs=1, batch_size=16, verbose=0, callbacks=[finder])
smooth = np.convolve(finder.losses, np.ones(5) / 5, mode="valid")
chosen = min(0.1, finder.rates[int(np.argmin(smooth)) + 2] / 3)
print("range test from %.4f to %.4f, chosen %.4f" % (finder.rates[0], finder.rates[-1], chosen))

model.compile(optimizer=keras.optimizers.SGD(chosen, momentum=0.9), loss="mse")
model.fit(X, Y, epochs=8, batch_size=16, verbose=2)
