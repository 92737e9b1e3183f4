import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

rng = np.random.default_rng(50)
keras.utils.set_random_seed(50)

# breast-cancer-like table, 20 standardised columns
n = 400
x = rng.normal(size=(n, 20)).astype("float32")
y = (x[:, 0] - x[:, 1] + 0.7 * x[:, 2] * x[:, 3] + rng.normal(0, 0.3, n) > 0).astype("float32")

x_train, y_train = x[:320], y[:320]
x_val, y_val = x[:80], y[:80]  # HERE

model = keras.Sequential([
    layers.Input((20,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy", keras.metrics.AUC(name="auc")])
history = model.fit(x_train, y_train, epochs=8, batch_size=32, validation_data=(x_val, y_val), verbose=0)  # HERE
print({k: round(v[-1], 4) for k, v in history.history.items()})
