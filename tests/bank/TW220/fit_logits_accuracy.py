import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(53)
rng = np.random.default_rng(53)
x = rng.normal(size=(500, 6)).astype("float32")
y = (x[:, 0] + 0.6 * x[:, 1] + 0.8 * rng.normal(size=500) > 0).astype("float32")

model = keras.Sequential([
    layers.Input((6,)),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(
    optimizer=keras.optimizers.Adam(0.005),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],  # HERE
)
model.fit(x[:400], y[:400], epochs=5, batch_size=20, verbose=2)
print(model.evaluate(x[400:], y[400:], verbose=0))
print(np.mean((model.predict(x[400:], verbose=0)[:, 0] > 0) == y[400:]))
