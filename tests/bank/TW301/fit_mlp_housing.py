# predict apartment rents (in thousands) with a small dense net
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(7)
tf.random.set_seed(7)

n = 500
area = np.random.uniform(25, 160, n)
year = np.random.randint(1930, 2022, n)
income = np.random.normal(42000, 9000, n)
rooms = np.random.randint(1, 6, n)
rent = 0.4 + 0.006 * area + 0.00001 * income + 0.05 * rooms + 0.002 * (year - 1980)
rent = rent + np.random.normal(0, 0.05, n)

features = np.stack([area, year, income, rooms], axis=1).astype("float32")  # HERE
y = rent.astype("float32")[:, None]

idx = np.random.permutation(n)
train_idx, test_idx = idx[:400], idx[400:]
x_train, x_test = features[train_idx], features[test_idx]  # HERE
y_train, y_test = y[train_idx], y[test_idx]

model = keras.Sequential([
    layers.Input(shape=(4,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.01), loss="mse", metrics=["mae"])
history = model.fit(x_train, y_train, epochs=6, batch_size=32, validation_data=(x_test, y_test), verbose=2)
print("first loss", history.history["loss"][0], "last loss", history.history["loss"][-1])
