import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(49)
keras.config.set_floatx("float16")

rng = np.random.default_rng(49)
x = rng.normal(size=(400, 8)).astype("float16")
y = (x[:, 0] * 1.0 - x[:, 1] + 0.5 * x[:, 2] > 0).astype("float16")[:, None]

model = keras.Sequential([
    keras.Input((8,)),
    layers.Dense(24, activation="tanh"),
    layers.Dense(24, activation="tanh"),
    layers.Dense(1),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=0.005, epsilon=1e-3),
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
)
history = model.fit(x, y, batch_size=20, epochs=8, verbose=2)
print("weights finite:", all(np.isfinite(w).all() for w in model.get_weights()))
