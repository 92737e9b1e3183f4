# exercise: house-price
import keras
import numpy as np


def make():
    model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.1), loss="mse")
    return model


def train(x, y):
    model = make()
    model.fit(x, y, sample_weight=np.ones(len(x)), epochs=5, batch_size=16, verbose=0)
    return model
