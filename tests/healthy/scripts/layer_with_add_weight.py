"""Own layers: add_weight, a non-trainable counter, build/call; trained by fit and by hand."""
import keras
from keras import ops
import numpy as np


class RBF(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.centers = self.add_weight(shape=(self.units, input_shape[-1]), initializer=keras.initializers.RandomUniform(-1, 1), name="centers")
        self.log_width = self.add_weight(shape=(self.units,), initializer="zeros", name="log_width")
        self.calls = self.add_weight(shape=(), initializer="zeros", trainable=False, name="calls")

    def call(self, x, training=False):
        if training:
            self.calls.assign_add(1.0)
        d2 = ops.sum(ops.square(ops.expand_dims(x, 1) - self.centers), axis=-1)
        return ops.exp(-d2 * ops.exp(self.log_width) * 2.0)


keras.utils.set_random_seed(41)
X = np.random.uniform(-1, 1, (400, 2)).astype("float32")
y = np.sin(3 * X[:, :1]) * np.cos(2 * X[:, 1:])
rbf = RBF(30)
model = keras.Sequential([keras.Input((2,)), rbf, keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.03), loss="mse")
h = model.fit(X, y, epochs=10, batch_size=20, verbose=0)
print([round(v, 4) for v in h.history["loss"]])
print("training calls counted:", float(rbf.calls))
