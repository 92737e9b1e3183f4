"""Sequences of different length padded with -10, hidden from the LSTM by Masking."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(19)
MAX = 14
X = np.full((400, MAX, 2), -10.0, dtype="float32")
Y = np.zeros((400, 1), dtype="float32")
for i in range(400):
    n = rng.integers(4, MAX + 1)
    s = rng.normal(size=(n, 2))
    X[i, :n] = s
    Y[i] = s[:, 0].mean() - s[:, 1].mean()

model = keras.Sequential()
model.add(keras.Input((MAX, 2)))
model.add(layers.Masking(mask_value=-10.0))
model.add(layers.LSTM(16))
model.add(layers.Dense(1))
model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
for round_ in range(3):
    h = model.fit(X[:320], Y[:320], epochs=3, batch_size=16, verbose=0)
    print("after", 3 * (round_ + 1), "epochs: train", h.history["loss"][-1], "test", model.evaluate(X[320:], Y[320:], verbose=0))
