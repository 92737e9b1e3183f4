import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(23)

# hourly temperatures of a cold week, in units of the standard deviation
hours = np.arange(500)
temp = -0.4 + 0.9 * np.sin(2 * np.pi * hours / 24) + 0.15 * np.random.randn(500)


class Windows(keras.utils.PyDataset):
    def __init__(self, series, width, batch, **kw):
        super().__init__(**kw)
        self.x = np.stack([series[i:i + width] for i in range(len(series) - width)])[..., None]
        self.y = series[width:][:, None]
        self.batch = batch
        self.order = np.random.permutation(len(self.x))

    def __len__(self):
        return len(self.x) // self.batch

    def __getitem__(self, i):
        rows = self.order[i * self.batch:(i + 1) * self.batch]
        return self.x[rows].astype("float32"), self.y[rows].astype("float32")

    def on_epoch_end(self):
        np.random.shuffle(self.order)


model = keras.Sequential([
    keras.Input((12, 1)),
    layers.Conv1D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1, activation="relu"),  # HERE
])
model.compile(optimizer=keras.optimizers.Adam(3e-3), loss="mean_squared_error")
hist = model.fit(Windows(temp, 12, 16), epochs=8, verbose=0)
print(["%.3f" % v for v in hist.history["loss"]])
