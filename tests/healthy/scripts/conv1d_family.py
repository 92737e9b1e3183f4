"""SeparableConv1D, DepthwiseConv1D, Conv1DTranspose and SpatialDropout1D: clean a noisy signal."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(77)
t = np.linspace(0, 4 * np.pi, 64)
clean = np.stack([rng.uniform(0.5, 1) * np.sin(rng.uniform(0.7, 1.5) * t + rng.uniform(0, 6)) for _ in range(320)])
noisy = clean + 0.3 * rng.normal(size=clean.shape)
clean, noisy = clean[..., None].astype("float32"), noisy[..., None].astype("float32")

model = keras.Sequential([
    keras.Input((64, 1)),
    layers.Conv1D(12, 5, padding="same", activation="relu"),
    layers.SeparableConv1D(16, 5, padding="same", activation="relu"),
    layers.MaxPooling1D(2),
    layers.SpatialDropout1D(0.05),
    layers.DepthwiseConv1D(5, padding="same"),
    layers.Activation("relu"),
    layers.Conv1DTranspose(12, 4, strides=2, padding="same", activation="relu"),
    layers.Conv1D(1, 5, padding="same"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(noisy[:260], clean[:260], batch_size=20, epochs=8, verbose=2, validation_data=(noisy[260:], clean[260:]))
print("mse without any model:", float(((noisy[260:] - clean[260:]) ** 2).mean()))
