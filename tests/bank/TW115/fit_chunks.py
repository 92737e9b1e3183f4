"""The data set does not fit in memory, so it is read in chunks."""
import keras
import numpy as np
from keras import layers


def read_chunk(i, rows=120):
    rng = np.random.default_rng(1000 + i)
    x = rng.normal(size=(rows, 9)).astype("float32")
    y = (x[:, 0] + x[:, 1] - x[:, 2] > 0).astype("float32")
    return x, y


def create_model():
    model = keras.Sequential([
        layers.Input((9,)),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
    return model


def main():
    keras.utils.set_random_seed(0)
    for i in range(4):
        model = create_model()  # HERE
        x, y = read_chunk(i)
        history = model.fit(x, y, batch_size=20, epochs=2, verbose=0)
        print("chunk", i, {k: round(v[-1], 3) for k, v in history.history.items()})


if __name__ == "__main__":
    main()
