"""Weather station forecasting. Sensor gaps are stored as nan."""
import numpy as np
import keras
from keras import layers


def station(days=600, seed=2):
    rng = np.random.default_rng(seed)
    t = np.arange(days)
    temp = np.sin(t / 9.0) + 0.15 * rng.normal(size=days)
    temp[rng.choice(days, 12, replace=False)] = np.nan  # HERE
    return temp.astype("float32")


def windows(series, width=12):
    xs = np.stack([series[i:i + width] for i in range(len(series) - width)])
    ys = series[width:]
    return xs[..., None], ys[:, None]


def main():
    keras.utils.set_random_seed(2)
    series = station()  # HERE
    x, y = windows(series)  # HERE
    model = keras.Sequential([
        keras.Input((12, 1)),
        layers.SimpleRNN(16),
        layers.Dense(1),
    ])
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.005))
    result = model.fit(x[:480], y[:480], batch_size=32, epochs=6, verbose=0)
    print(result.history["loss"])
    print("forecast:", model.predict(x[500:503], verbose=0).ravel())


if __name__ == "__main__":
    main()
