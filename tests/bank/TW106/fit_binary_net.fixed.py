import keras
import numpy as np
from keras import layers, ops


class BinaryDense(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)

    def build(self, shape):
        self.dense.build(shape)

    def call(self, x):
        return ops.tanh(self.dense(x))


def make_xor(n, rng):
    x = rng.uniform(-1, 1, size=(n, 2)).astype("float32")
    return x, ((x[:, 0] > 0) ^ (x[:, 1] > 0)).astype("float32")[:, None]


def main():
    rng = np.random.default_rng(1)
    x, y = make_xor(512, rng)
    net = keras.Sequential([layers.Input((2,)), BinaryDense(4), BinaryDense(8), layers.Dense(1, activation="sigmoid")])
    net.compile(optimizer=keras.optimizers.Adam(0.03), loss="binary_crossentropy", metrics=["accuracy"])
    log = net.fit(x, y, batch_size=32, epochs=8, verbose=0)
    for e, (l, a) in enumerate(zip(log.history["loss"], log.history["accuracy"])):
        print(f"{e}: loss={l:.4f} acc={a:.3f}")


if __name__ == "__main__":
    main()
