import numpy as np
from keras.models import Sequential
from keras.layers import Dense, Conv1D, GlobalAveragePooling1D, Input
from keras.optimizers import Adam

np.random.seed(2)
N, T = 384, 24
freq = np.random.choice([1.0, 2.0, 4.0], size=N)
phase = np.random.rand(N, 1) * 6.28
grid = np.linspace(0, 6.28, T)[None]
waves = np.sin(freq[:, None] * grid + phase) + 0.3 * np.random.randn(N, T)
waves = waves[..., None].astype("float32")
target = np.searchsorted([1.0, 2.0, 4.0], freq)

model = Sequential([
    Input((T, 1)),
    Conv1D(16, 5, activation="relu"),
    Conv1D(16, 5, activation="relu"),
    GlobalAveragePooling1D(),
    Dense(3, activation="softmax"),
])
model.compile(optimizer=Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

epochs, bs = 8, 32
for e in range(epochs):
    perm = np.random.permutation(N)
    for i in range(N // bs):
        rows = perm[i * bs:(i + 1) * bs]
        loss, acc = model.train_on_batch(waves[rows], target[rows])  # HERE
    print("Epoch %d/%d - loss: %.4f - acc: %.4f" % (e + 1, epochs, loss, acc))  # HERE
