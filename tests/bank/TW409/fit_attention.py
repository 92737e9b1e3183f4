# crashes
import numpy as np
import keras
from keras import layers


class Gate(layers.Layer):
    """squeeze and excite for sequences"""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def call(self, x):
        s = keras.ops.mean(x, axis=1, keepdims=True)
        s = layers.Dense(self.units, activation="sigmoid")(s)  # HERE
        return x * s


class SeqNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv1D(8, 3, activation="relu")
        self.gate = Gate(8)
        self.pool = layers.GlobalMaxPooling1D()
        self.head = layers.Dense(2, activation="softmax")

    def call(self, x):
        return self.head(self.pool(self.gate(self.conv(x))))


if __name__ == "__main__":
    keras.utils.set_random_seed(52)
    r = np.random.default_rng(52)
    x = r.normal(0, 0.4, (400, 18, 3)).astype("float32")
    y = r.integers(0, 2, 400)
    for i in np.flatnonzero(y):
        s = r.integers(0, 15)
        x[i, s:s + 3, 1] += 1.2

    net = SeqNet()
    net.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    net.fit(x, y, batch_size=20, epochs=6, validation_split=0.2, verbose=2)
