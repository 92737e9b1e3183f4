import keras
import numpy as np

# weather-like series; windows with timeseries_dataset_from_array; split in time
rng = np.random.default_rng(8)
t = np.arange(900)
temp = 10 * np.sin(2 * np.pi * t / 24) + 3 * np.sin(2 * np.pi * t / 120) + rng.normal(0, 0.5, 900)
pressure = 1000 + 5 * np.cos(2 * np.pi * t / 24) + rng.normal(0, 0.3, 900)
raw = np.stack([temp, pressure], axis=1)

num_train = 700
mean, std = raw[:num_train].mean(axis=0), raw[:num_train].std(axis=0)
data = ((raw - mean) / std).astype("float32")

LOOKBACK, DELAY = 12, 3


def windows(a, b, shuffle):
    piece = data[a:b]
    return keras.utils.timeseries_dataset_from_array(
        piece[: -LOOKBACK - DELAY], targets=piece[LOOKBACK + DELAY:, 0], sequence_length=LOOKBACK,
        batch_size=32, shuffle=shuffle, seed=1)


train, val = windows(0, 700, True), windows(700, 900, False)
inputs = keras.Input((LOOKBACK, 2))
x = keras.layers.GRU(16)(inputs)
outputs = keras.layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
model.fit(train, epochs=6, validation_data=val, verbose=2)
