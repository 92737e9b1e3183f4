# exercise: house-price
import keras
import numpy as np


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    parts = np.array_split(np.arange(len(x)), 3)
    scores = []
    for k in range(3):
        model = make()
        train = np.concatenate([p for i, p in enumerate(parts) if i != k])
        model.fit(x[train], y[train], epochs=2, verbose=0)
        scores.append(model.evaluate(x[parts[k]], y[parts[k]], verbose=0))
    model = make()
    model.fit(x, y, epochs=5, batch_size=16, verbose=0)
    return model
