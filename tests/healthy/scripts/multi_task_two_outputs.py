"""One trunk, two heads: regression of the angle and classification of the colour."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(77)
N = 500
angle = rng.uniform(-1, 1, N).astype("float32")
colour = rng.integers(0, 3, N)
M = rng.normal(size=(4, 14))
feat = np.concatenate([angle[:, None] * 2, np.eye(3)[colour]], axis=1) @ M + 0.1 * rng.normal(size=(N, 14))
feat = feat.astype("float32")

trunk_in = keras.Input((14,), name="features")
t = layers.Dense(32, activation="relu")(trunk_in)
t = layers.Dense(32, activation="relu")(t)
angle_out = layers.Dense(1, activation="tanh", name="angle")(t)
colour_out = layers.Dense(3, activation="softmax", name="colour")(t)

model = keras.Model(trunk_in, {"angle": angle_out, "colour": colour_out})
model.compile(
    optimizer=keras.optimizers.Adam(5e-3),
    loss={"angle": "mse", "colour": "sparse_categorical_crossentropy"},
    loss_weights={"angle": 2.0, "colour": 1.0},
    metrics={"angle": ["mae"], "colour": ["accuracy"]},
)
model.fit(feat[:400], {"angle": angle[:400, None], "colour": colour[:400]}, epochs=6, batch_size=20, verbose=2,
          validation_data=(feat[400:], {"angle": angle[400:, None], "colour": colour[400:]}))
