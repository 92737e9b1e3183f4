# crashes
import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(51)
rng = np.random.default_rng(51)
X = rng.normal(size=(400, 6)).astype("float32")
star_rating = 1 + np.clip(np.floor(2 + X[:, 0] + X[:, 1]), 0, 4).astype("int32")  # HERE

model = keras.Sequential([
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(5, activation="softmax"),  # HERE
])
model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X, star_rating, epochs=5, batch_size=16, verbose=2)  # HERE
