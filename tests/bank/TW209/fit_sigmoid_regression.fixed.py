import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Dense, Normalization

np.random.seed(10)
tf.random.set_seed(10)

# house data: area, rooms, age, distance
n = 500
houses = np.column_stack([
    np.random.normal(120, 35, n),
    np.random.randint(1, 7, n),
    np.random.uniform(0, 60, n),
    np.random.exponential(5, n),
]).astype("float32")
price = 0.02 * houses[:, 0] + 0.15 * houses[:, 1] - 0.01 * houses[:, 2] - 0.05 * houses[:, 3] + 0.1 * np.random.randn(n)
# price is in units of 100k

norm = Normalization()
norm.adapt(houses[:400])

model = keras.Sequential([
    norm,
    Dense(32, activation="relu"),
    Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
model.fit(houses[:400], price[:400], epochs=6, batch_size=16, validation_split=0.1, verbose=2)
print("test", model.evaluate(houses[400:], price[400:], verbose=0))
print(np.c_[model.predict(houses[400:405], verbose=0)[:, 0], price[400:405]])
