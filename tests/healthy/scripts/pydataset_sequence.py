import math
import keras
import numpy as np


class NoisyCircles(keras.utils.PyDataset):
    """Batches are cut from arrays; order is mixed after each epoch."""

    def __init__(self, x, y, batch_size, **kwargs):
        super().__init__(**kwargs)
        self.x, self.y = x, y
        self.batch_size = batch_size
        self.order = np.random.permutation(len(x))

    def __len__(self):
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, idx):
        rows = self.order[idx * self.batch_size:(idx + 1) * self.batch_size]
        return self.x[rows], self.y[rows]

    def on_epoch_end(self):
        np.random.shuffle(self.order)


np.random.seed(48)
angle = np.random.uniform(0, 2 * np.pi, 500)
inner = np.random.rand(500) < 0.5
radius = np.where(inner, 0.6, 1.3) + 0.1 * np.random.randn(500)
x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
y = inner.astype("float32")

train, valid = NoisyCircles(x[:400], y[:400], 20), NoisyCircles(x[400:], y[400:], 50)
model = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(24, activation="relu"),
                          keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
model.fit(train, validation_data=valid, epochs=6, verbose=2)
