# which way did the object move? input: difference of two 8-bit camera frames
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(21)


def clip_pair(rng):
    a = rng.integers(90, 160, (16, 16)).astype(np.uint8)
    b = np.clip(a.astype(int) + rng.integers(-20, 20, (16, 16)), 0, 255).astype(np.uint8)
    # brighter (label 1) or darker (label 0) patch in the second frame
    label = int(rng.integers(0, 2))
    r, c = rng.integers(0, 11, 2)
    patch = b[r:r + 6, c:c + 6].astype(int) + (30 if label else -30)
    b[r:r + 6, c:c + 6] = np.clip(patch, 0, 255)
    return a, b, label


rng = np.random.default_rng(21)
before, after, y = map(np.array, zip(*[clip_pair(rng) for _ in range(500)]))
motion = after.astype(np.int16) - before
x = motion[..., None].astype("float32") / 50.0
x_train, y_train, x_val, y_val = x[:400], y[:400], x[400:], y[400:]

model = keras.Sequential([
    keras.Input((16, 16, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=6, batch_size=25, validation_data=(x_val, y_val), verbose=2)
