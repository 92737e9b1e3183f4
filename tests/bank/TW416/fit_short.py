import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(34)
r = np.random.default_rng(34)
y = r.integers(0, 4, 480)
x = r.random((480, 8, 8, 1)).astype("float32") * 0.5
for i, c in enumerate(y):
    a, b = divmod(int(c), 2)
    x[i, 4 * a:4 * a + 4, 4 * b:4 * b + 4] += 0.2

inp = keras.Input((8, 8, 1))
h = layers.Conv2D(8, 3, padding="same", activation="relu")(inp)
h = layers.MaxPooling2D()(h)
h = layers.Flatten()(h)
h = layers.Dense(32, activation="relu")(h)
out = layers.Dense(4, activation="softmax")(h)
model = keras.Model(inp, out)
model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])

history = model.fit(
    x, y,
    batch_size=32,
    epochs=2,  # HERE
    validation_split=0.2,
    verbose=0,
)
for k, v in history.history.items():
    print(f"{k:14s} first {v[0]:.3f} last {v[-1]:.3f}")
