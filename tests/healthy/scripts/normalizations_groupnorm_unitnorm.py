"""GroupNormalization, LayerNormalization and UnitNormalization in one net."""
import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(17)
x = rng.normal(size=(360, 10, 10, 3)).astype("float32") * 0.5
y = rng.integers(0, 3, 360)
for i in range(360):
    x[i, :, :, y[i]] += np.linspace(-1, 1, 10)[None, :]

inp = keras.Input((10, 10, 3))
h = layers.Conv2D(16, 3, use_bias=False)(inp)
h = layers.GroupNormalization(groups=4)(h)
h = layers.Activation("relu")(h)
h = layers.Conv2D(16, 3, strides=2)(h)
h = layers.LayerNormalization()(h)
h = layers.Activation("gelu")(h)
h = layers.Flatten()(h)
h = layers.Dense(32, activation="relu")(h)
h = layers.UnitNormalization()(h)
h = layers.Rescaling(6.0)(h)
out = layers.Dense(3, activation="softmax")(h)
model = keras.Model(inp, out)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x[:300], y[:300], epochs=6, batch_size=20, validation_data=(x[300:], y[300:]), verbose=2)
