import keras
from keras import layers, ops
import numpy as np


class MixtureOfExperts(keras.layers.Layer):
    def __init__(self, n_experts, units, initializer, **kwargs):
        super().__init__(**kwargs)
        self.gate = layers.Dense(n_experts, activation="softmax")
        self.experts = [
            layers.Dense(units, activation="relu", kernel_initializer=initializer.clone())
            for _ in range(n_experts)
        ]

    def call(self, x):
        g = self.gate(x)
        out = ops.stack([e(x) for e in self.experts], axis=1)
        return ops.sum(out * ops.expand_dims(g, -1), axis=1)


def data(n=480):
    rng = np.random.default_rng(29)
    x = rng.uniform(-1, 1, (n, 4)).astype("float32")
    regime = np.sign(x[:, 0])
    y = np.where(regime > 0, x[:, 1] + x[:, 2], x[:, 3] - x[:, 1])
    return x, y.astype("float32")


def main():
    keras.utils.set_random_seed(29)
    x, y = data()
    inp = keras.Input((4,))
    h = MixtureOfExperts(4, 6, keras.initializers.HeUniform())(inp)
    model = keras.Model(inp, layers.Dense(1)(h))
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
    h = model.fit(x, y, batch_size=24, epochs=12, validation_split=0.2, verbose=0)
    print("train", [round(v, 4) for v in h.history["loss"][::3]])
    print("val  ", [round(v, 4) for v in h.history["val_loss"][::3]])


if __name__ == "__main__":
    main()
