"""Table from a DataFrame (falls back to a dict of arrays where pandas is missing)."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

try:
    import pandas as pd
except ImportError:
    pd = None

rng = np.random.default_rng(29)
columns = {
    "length": rng.normal(50, 10, 420),
    "width": rng.normal(20, 4, 420),
    "heavy": rng.integers(0, 2, 420).astype(float),
}
weight = 0.04 * columns["length"] + 0.1 * columns["width"] + 1.0 * columns["heavy"] + rng.normal(0, 0.1, 420)

if pd is not None:
    df = pd.DataFrame(columns)
    df["weight"] = weight
    df = df.sample(frac=1.0, random_state=0)
    target = df.pop("weight").to_numpy()
    table = df.to_numpy(dtype="float32")
else:
    table, target = np.column_stack(list(columns.values())).astype("float32"), weight

train_X, test_X = table[:340], table[340:]
train_y, test_y = target[:340], target[340:]
mu, sd = train_X.mean(axis=0), train_X.std(axis=0)
train_X, test_X = (train_X - mu) / sd, (test_X - mu) / sd

reg = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
reg.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse", metrics=[keras.metrics.RootMeanSquaredError(name="rmse")])
reg.fit(train_X, train_y, epochs=12, batch_size=17, verbose=2, validation_data=(test_X, test_y))
