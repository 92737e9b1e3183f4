"""Measurements with known error bars: weight = 1 / sigma^2, normalised."""
import keras
import numpy as np

keras.utils.set_random_seed(35)
x = np.random.uniform(-1, 1, (500, 2)).astype("float32")
sigma = np.random.choice([0.05, 0.6], 500)
y = (x[:, 0] ** 3 - x[:, 1] + sigma * np.random.normal(size=500)).astype("float32")
weights = 1.0 / sigma ** 2
weights = (weights / weights.mean()).astype("float32")

good = sigma < 0.1
model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", weighted_metrics=["mae"])
history = model.fit(x[:400], y[:400], sample_weight=weights[:400], epochs=10, batch_size=20, verbose=0)
print("weighted loss", [round(l, 4) for l in history.history["loss"]])
test = good.copy()
test[:400] = False
print("mse on precise held-out points:", model.evaluate(x[test], y[test], verbose=0, return_dict=True)["loss"])
