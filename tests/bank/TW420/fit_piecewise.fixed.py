import keras
import numpy as np
from keras.optimizers import SGD
from keras.optimizers.schedules import PiecewiseConstantDecay

keras.utils.set_random_seed(6)
g = np.random.default_rng(6)

# 4 classes of noisy tones
n, length = 480, 32
label = g.integers(0, 4, n)
freq = np.array([0.4, 0.8, 1.2, 1.6])[label]
t = np.arange(length)
wave = np.sin(freq[:, None] * t + g.uniform(0, 6.28, (n, 1))) + g.normal(0, 0.2, (n, length))
wave = wave[..., None].astype("float32")

model = keras.Sequential([
    keras.Input((length, 1)),
    keras.layers.Conv1D(16, 7, activation="relu"),
    keras.layers.GlobalMaxPooling1D(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4, activation="softmax"),
])

# divide by ten twice during training
lr = PiecewiseConstantDecay(boundaries=[150, 190], values=[0.1, 1e-2, 1e-3])
model.compile(optimizer=SGD(lr, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(wave, label, epochs=12, batch_size=24, verbose=2, validation_split=0.1)
