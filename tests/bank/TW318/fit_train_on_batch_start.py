"""Predict the boiling point of made-up molecules from 18 descriptors."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
descriptors = rng.normal(size=(460, 18)).astype("float32")
boiling = descriptors[:, 0] - 0.6 * descriptors[:, 1] + 0.5 * np.abs(descriptors[:, 2]) + 0.4 * descriptors[:, 3]
boiling = boiling.astype("float32")[:, None]
train_x, train_y, test_x, test_y = descriptors[:360], boiling[:360], descriptors[360:], boiling[360:]

inputs = keras.Input((18,))
hidden = layers.Dense(48, activation="relu")(inputs)
model = keras.Model(inputs, layers.Dense(1)(hidden))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")

batch_size = 24
start = 0
for update in range(150):
    stop = start + batch_size
    model.train_on_batch(train_x[start:stop], train_y[start:stop])  # HERE
    start = stop % batch_size  # HERE
    if update % 30 == 29:
        train_mse = model.evaluate(train_x, train_y, batch_size=360, verbose=0)
        test_mse = model.evaluate(test_x, test_y, batch_size=100, verbose=0)
        print(f"update {update + 1}: all training rows {train_mse:.4f}, test rows {test_mse:.4f}")
