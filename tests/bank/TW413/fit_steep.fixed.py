import keras
from keras import layers, ops
import numpy as np

keras.utils.set_random_seed(93)
rng = np.random.default_rng(93)
x = rng.normal(size=(450, 6)).astype("float32")
y = np.argmax(np.c_[x[:, 0], x[:, 1] + x[:, 2], -x[:, 3]], axis=1)


def squash(v, slope):
    """logistic unit with adjustable slope"""
    return ops.sigmoid(slope * v)


SLOPE = 1.0
act = lambda v: squash(v, SLOPE)

model = keras.Sequential([
    keras.Input((6,)),
    layers.Dense(24, activation=act),
    layers.Dense(24, activation=act),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=12, batch_size=25, validation_split=0.2, verbose=2)
