import keras
import numpy as np
from keras import layers, ops

keras.utils.set_random_seed(24)


class Projection(layers.Layer):
    """x -> relu(x W + b)"""

    def __init__(self, n_in, n_out, **kwargs):
        super().__init__(**kwargs)
        self.w = np.random.normal(0, 0.2, (n_in, n_out)).astype("float32")  # HERE
        self.b = np.zeros(n_out, dtype="float32")  # HERE

    def call(self, x):
        return ops.relu(ops.matmul(x, self.w) + self.b)


x = np.random.randn(500, 8).astype("float32")
y = (np.abs(x[:, 0]) + np.abs(x[:, 1]) > 1.5).astype("float32")[:, None]

model = keras.Sequential([
    keras.Input((8,)),
    Projection(8, 24),
    Projection(24, 16),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=10, batch_size=25, verbose=2)
