"""Temperature forecast: every hour of the window gets the reading one hour later."""
import keras
import numpy as np
from keras import layers

HOURS, SENSORS = 12, 3


class Windows(keras.utils.PyDataset):
    def __init__(self, batch_size=32, batches=12, **kw):
        super().__init__(**kw)
        self.batch_size, self.batches = batch_size, batches

    def __len__(self):
        return self.batches

    def __getitem__(self, k):
        rng = np.random.default_rng(k)
        phase = rng.uniform(0, 6.28, size=(self.batch_size, 1, SENSORS))
        t = np.arange(HOURS + 1).reshape(1, -1, 1)
        z = np.sin(0.5 * t + phase) + 0.05 * rng.normal(size=(self.batch_size, HOURS + 1, SENSORS))
        return z[:, :-1].astype("float32"), z[:, 1:, :1].astype("float32")


def build():
    inp = layers.Input((HOURS, SENSORS))
    h = layers.LSTM(16, return_sequences=True)(inp)
    out = layers.TimeDistributed(layers.Dense(SENSORS))(h)  # HERE
    model = keras.Model(inp, out)
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mean_squared_error")
    return model


if __name__ == "__main__":
    keras.utils.set_random_seed(1)
    model = build()
    history = model.fit(Windows(), epochs=5, verbose=0)
    print("mse", np.round(history.history["loss"], 4))
