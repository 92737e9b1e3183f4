"""Train, save the whole model (optimizer too), load it again, go on."""
import os
import tempfile
import numpy as np
import keras

rng = np.random.default_rng(22)
x = rng.normal(size=(400, 9)).astype("float32")
y = (x @ rng.normal(size=(9, 2)) + 0.3 * np.sin(3 * x[:, :2])).astype("float32")


def build():
    m = keras.Sequential([keras.Input((9,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2)])
    m.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
    return m


with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "half_way.keras")
    model = build()
    first = model.fit(x, y, epochs=5, batch_size=20, verbose=0)
    model.save(path)
    steps_before = int(model.optimizer.iterations)

    resumed = keras.models.load_model(path)
    print("steps before saving", steps_before, "after loading", int(resumed.optimizer.iterations))
    second = resumed.fit(x, y, epochs=10, initial_epoch=5, batch_size=20, verbose=0)

print("first part ", [round(v, 3) for v in first.history["loss"]])
print("second part", [round(v, 3) for v in second.history["loss"]])
