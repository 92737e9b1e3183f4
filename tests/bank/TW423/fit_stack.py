import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(15)
tf.random.set_seed(15)

X = np.random.randn(450, 16).astype("float32")
W = np.random.randn(16, 3)
t = np.argmax(np.tanh(X) @ W, axis=1)
T = keras.utils.to_categorical(t)

initializer = keras.initializers.RandomNormal(mean=0.0, stddev=0.25)  # HERE

model = keras.models.Sequential([
    keras.layers.Input((16,)),
    keras.layers.Dense(16, activation="relu", kernel_initializer=initializer),  # HERE
    keras.layers.Dense(16, activation="relu", kernel_initializer=initializer),  # HERE
    keras.layers.Dense(16, activation="relu", kernel_initializer=initializer),  # HERE
    keras.layers.Dense(3, activation="softmax"),
])
kernels = [l.get_weights()[0] for l in model.layers]
print("same start:", np.array_equal(kernels[0], kernels[1]), np.array_equal(kernels[1], kernels[2]))

model.compile(keras.optimizers.Adam(0.005), "categorical_crossentropy", metrics=["accuracy"])
model.fit(X, T, epochs=8, batch_size=25, verbose=2)
