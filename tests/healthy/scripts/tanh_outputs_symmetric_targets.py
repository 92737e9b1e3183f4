"""Inverse kinematics: outputs are sin and cos, so tanh fits the targets in [-1, 1]."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(100)
theta = np.random.uniform(-np.pi, np.pi, size=(500, 1))
x = np.hstack([np.cos(theta) * 1.5, np.sin(theta) * 1.5]) + np.random.normal(0, 0.05, (500, 2))
y = np.hstack([np.sin(theta + 0.5), np.cos(theta + 0.5)]) * 0.95

x_train, x_test = x[:400].astype("float32"), x[400:].astype("float32")
y_train, y_test = y[:400].astype("float32"), y[400:].astype("float32")

model = keras.Sequential([
    layers.Input((2,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(32, activation="relu"),
    layers.Dense(2, activation="tanh"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="mse", metrics=["mae"])
hist = model.fit(x_train, y_train, epochs=10, batch_size=20, validation_data=(x_test, y_test), verbose=0)
print("mse ", [round(v, 4) for v in hist.history["loss"]])
print("val ", [round(v, 4) for v in hist.history["val_loss"]])
