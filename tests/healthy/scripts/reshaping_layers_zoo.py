"""Reshape, Permute, RepeatVector, Cropping, ZeroPadding, UpSampling, Flatten."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

np.random.seed(8)
seq = np.random.randn(320, 24).astype("float32")
target = np.stack([seq[:, :12].mean(1), seq[:, 12:].mean(1), seq[:, ::2].max(1)], axis=1)

model = Sequential([
    layers.Input((24,)),
    layers.Reshape((4, 6)),
    layers.Permute((2, 1)),
    layers.ZeroPadding1D(1),
    layers.Conv1D(24, 3, activation="relu"),
    layers.Cropping1D(1),
    layers.UpSampling1D(2),
    layers.Reshape((8, 24, 1)),
    layers.ZeroPadding2D(1),
    layers.Cropping2D(((1, 1), (1, 1))),
    layers.Flatten(),
    layers.Dense(16, activation="relu"),
    layers.RepeatVector(3),
    layers.LSTM(16, return_sequences=True),
    layers.Flatten(),
    layers.Dense(3),
])
model.compile(optimizer=tf.keras.optimizers.Adam(5e-3), loss="mse", metrics=["mae"])
h = model.fit(seq, target, epochs=12, batch_size=16, verbose=0)
print("loss", ["%.4f" % l for l in h.history["loss"]])
