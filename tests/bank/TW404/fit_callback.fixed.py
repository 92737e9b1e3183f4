import numpy as np
import keras
from keras import layers


class StepUp(keras.callbacks.Callback):
    """low rate for the first epoch, then the real one"""

    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 1:
            self.model.optimizer.learning_rate = self.target
            print("\nlearning rate is now", self.target)


def dataset(seed):
    g = np.random.default_rng(seed)
    x = g.random((500, 8, 8, 1), dtype="float32") * 0.3
    y = g.integers(0, 4, 500)
    for i, c in enumerate(y):
        r, k = divmod(int(c), 2)
        x[i, 4 * r:4 * r + 4, 4 * k:4 * k + 4, 0] += 0.4
    return x, y


def main():
    keras.utils.set_random_seed(64)
    x, y = dataset(64)
    model = keras.Sequential([
        layers.Input((8, 8, 1)),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.MaxPool2D(),
        layers.Flatten(),
        layers.Dense(4, activation="softmax"),
    ])
    model.compile(keras.optimizers.Adam(1e-6), "sparse_categorical_crossentropy", metrics=["acc"])
    model.fit(x, y, batch_size=25, epochs=5, callbacks=[StepUp(5e-3)], verbose=2)


if __name__ == "__main__":
    main()
