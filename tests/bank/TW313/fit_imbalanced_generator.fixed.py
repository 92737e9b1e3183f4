# rare bird calls: 3 in 100 recordings
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(52)
rng = np.random.default_rng(52)
N = 900
rare = rng.permutation(N) < 36
t = np.linspace(0, 1, 32)
sound = rng.normal(0, 1.0, (N, 32)) + 0.45 * rare[:, None] * np.sin(2 * np.pi * 3 * t)
sound = sound.astype("float32")[..., None]
target = rare.astype("float32")[:, None]
print(int(target.sum()), "rare calls in", N)


def batches():
    while True:
        for idx in np.array_split(rng.permutation(N), 30):
            yield sound[idx], target[idx], np.where(rare[idx], 24.0, 1.0)


model = keras.Sequential([
    keras.layers.Input((32, 1)),
    keras.layers.Flatten(),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(batches(), steps_per_epoch=30, epochs=6, verbose=2)
found = model.predict(sound, verbose=0) > 0.5
print("calls marked as rare:", int(found.sum()), "of them right:", int((found & (target > 0)).sum()))
