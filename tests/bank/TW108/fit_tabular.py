import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class TabularNet(keras.Model):
    """Categories go through an embedding, numbers through a dense layer."""

    def __init__(self, n_categories):
        super().__init__()
        self.embed = layers.Embedding(n_categories, 6)
        self.numeric = layers.Dense(16, activation="relu")
        self.mix = layers.Dense(16, activation="relu")
        self.out = layers.Dense(1)

    def call(self, inputs):
        cat, num = inputs
        x = self.embed(cat)
        x = self.numeric(num)  # HERE
        x = self.mix(x)
        return self.out(x)


def main():
    rng = np.random.default_rng(0)
    n = 480
    cat = rng.integers(0, 5, n)
    num = rng.normal(size=(n, 3)).astype("float32")
    y = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])[cat] + num[:, 0] * 1.5
    model = TabularNet(5)
    model.compile(optimizer=keras.optimizers.Adam(1e-2), loss="mse")
    model.fit([cat, num], y.astype("float32")[:, None], batch_size=32, epochs=6, verbose=2)


if __name__ == "__main__":
    main()
