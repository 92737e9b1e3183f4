import numpy as np
import keras
from keras import layers

# keras can accumulate by itself
rng = np.random.default_rng(1)
data = rng.uniform(-1, 1, size=(480, 5)).astype("float32")
target = (data[:, 0] * data[:, 1] + np.abs(data[:, 2])).astype("float32")


def build():
    inp = layers.Input(shape=(5,))
    h = layers.Dense(40, activation="relu")(inp)
    h = layers.Dense(40, activation="relu")(h)
    out = layers.Dense(1)(h)
    return keras.Model(inp, out)


model = build()
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.01, gradient_accumulation_steps=2),
    loss="mse",
    metrics=["mae"],
)
hist = model.fit(data, target, epochs=12, batch_size=16, validation_split=0.2, verbose=0)
for e, (a, b) in enumerate(zip(hist.history["loss"], hist.history["val_loss"])):
    print(e, "loss", round(a, 4), "val", round(b, 4))
