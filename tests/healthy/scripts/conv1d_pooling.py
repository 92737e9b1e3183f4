"""Classify short signals by their frequency: Conv1D + pooling."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(31)
t = np.linspace(0, 1, 64)
signals, classes = [], []
for _ in range(450):
    c = rng.integers(3)
    freq = [3, 6, 11][c]
    s = np.sin(2 * np.pi * (freq * t + rng.uniform())) + 0.3 * rng.normal(size=64)
    signals.append(s)
    classes.append(c)
signals = np.array(signals, dtype="float32")[..., np.newaxis]
classes = np.array(classes)

model = tf.keras.Sequential([
    layers.Input((64, 1)),
    layers.Conv1D(16, 7, activation="relu"),
    layers.MaxPooling1D(2),
    layers.Conv1D(24, 5, activation="relu", padding="same"),
    layers.AveragePooling1D(2),
    layers.GlobalMaxPooling1D(),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(signals[:360], classes[:360], validation_data=(signals[360:], classes[360:]), epochs=8, batch_size=16, verbose=2)
