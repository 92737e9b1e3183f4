"""A keras.utils.PyDataset that reads windows of a long signal."""
import math
import numpy as np
import keras
from keras import layers


class Windows(keras.utils.PyDataset):
    def __init__(self, signal, width=20, batch=30, **kwargs):
        super().__init__(**kwargs)
        self.signal, self.width, self.batch = signal, width, batch
        self.starts = np.random.permutation(len(signal) - width)

    def __len__(self):
        return math.ceil(len(self.starts) / self.batch)

    def __getitem__(self, idx):
        chosen = self.starts[:self.batch]  # HERE
        x = np.stack([self.signal[s:s + self.width] for s in chosen])
        y = np.array([self.signal[s + self.width] for s in chosen])
        return x[..., None], y[:, None]


keras.utils.set_random_seed(9)
t = np.arange(700)
signal = (np.sin(t / 5.0) + 0.5 * np.sin(t / 13.0) + 0.1 * np.random.randn(700)).astype("float32")
train = Windows(signal[:500])

model = keras.Sequential([keras.Input((20, 1)), layers.Conv1D(16, 3, activation="relu"), layers.Flatten(), layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="mse")
model.fit(train, epochs=6, verbose=2)  # HERE
x_all = np.stack([signal[s:s + 20] for s in range(500, 680)])[..., None]
y_all = signal[520:700, None]
print("unseen mse", float(np.mean((model.predict(x_all, verbose=0) - y_all) ** 2)))
