# exercise: house-price
import keras
import numpy as np


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    a = np.concatenate([np.asarray(x), np.ones((len(x), 1))], axis=1)
    w = np.linalg.lstsq(a, np.asarray(y), rcond=None)[0]
    model.set_weights([w[:3].astype("float32"), w[3].astype("float32")])
    return model
