import tensorflow as tf
from tensorflow.keras import layers, regularizers
import numpy as np

np.random.seed(24)
tf.random.set_seed(24)

X = np.random.randn(400, 9).astype("float32")
y = (X[:, 0] - X[:, 1] + 0.5 * X[:, 2] * X[:, 3] > 0).astype("float32")

model = tf.keras.Sequential()
model.add(layers.Input((9,)))
model.add(layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(1.0)))  # HERE
model.add(layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(1.0)))  # HERE
model.add(layers.Dense(1, activation="sigmoid"))

model.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
hist = model.fit(X, y, batch_size=20, epochs=8, validation_split=0.2, verbose=0)
for e in range(8):
    print(e, *("%s=%.3f" % (k, v[e]) for k, v in hist.history.items()))
