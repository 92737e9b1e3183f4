import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(40)
np.random.seed(40)
n = 500
r = np.where(np.arange(n) % 2 == 0, 0.5, 1.3) + 0.1 * np.random.randn(n)
a = np.random.uniform(0, 2 * np.pi, n)
X = np.stack([r * np.cos(a), r * np.sin(a)], 1)
y = (np.arange(n) % 2).astype("float32")

model = keras.Sequential([
    keras.layers.Input((2,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(X, y, epochs=8, batch_size=25, verbose=2)
