"""Fine-tuning: head first, then everything with a lower rate (compiled again)."""
import keras
import numpy as np
from keras import layers


def make_images(n, rng):
    imgs = rng.normal(0, 0.3, size=(n, 12, 12, 1))
    lab = rng.integers(0, 3, n)
    for i, k in enumerate(lab):
        if k == 0:
            imgs[i, rng.integers(1, 11), :, 0] += 1.5
        elif k == 1:
            imgs[i, :, rng.integers(1, 11), 0] += 1.5
        else:
            imgs[i, np.arange(12), np.arange(12), 0] += 1.5
    return imgs.astype("float32"), lab


def main():
    keras.utils.set_random_seed(123)
    rng = np.random.default_rng(123)
    x, y = make_images(400, rng)
    xv, yv = make_images(100, rng)

    base = keras.Sequential([
        keras.Input((12, 12, 1)),
        layers.Conv2D(12, 3, activation="relu"),
        layers.Conv2D(16, 3, activation="relu"),
        layers.GlobalMaxPooling2D(),
    ], name="base")
    base.trainable = False
    model = keras.Sequential([base, layers.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=4, validation_data=(xv, yv), verbose=2)

    base.trainable = True
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, batch_size=32, epochs=6, validation_data=(xv, yv), verbose=2)


if __name__ == "__main__":
    main()
