import numpy as np
import keras

rng = np.random.default_rng(3)
X = rng.normal(size=(640, 8)).astype("float32")
y = (X[:, 0] > 0).astype("float32").reshape(-1, 1)


def generator(X, y, batch_size):
    i = 0
    while True:
        batch_x = X[i : i + batch_size]
        batch_y = y[i : i + batch_size]
        i = (i + batch_size) % len(X)
        yield batch_x, batch_y


model = keras.Sequential([keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(generator(X, y, 32), steps_per_epoch=20, epochs=4)
