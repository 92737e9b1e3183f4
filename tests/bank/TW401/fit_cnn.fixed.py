"""Bars and crosses: tiny image classifier."""
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)

NUM_CLASSES = 3
LR = 0.003


def make_images(n, rng):
    images = rng.uniform(0, 0.25, size=(n, 12, 12, 1)).astype("float32")
    labels = rng.integers(0, NUM_CLASSES, size=n)
    for img, lab in zip(images, labels):
        k = rng.integers(2, 10)
        if lab == 0:
            img[k, :, 0] += 0.7
        elif lab == 1:
            img[:, k, 0] += 0.7
        else:
            img[k, :, 0] += 0.7
            img[:, k, 0] += 0.7
    return images.clip(0, 1), labels


rng = np.random.default_rng(0)
x_train, y_train = make_images(480, rng)
x_test, y_test = make_images(120, rng)

model = keras.Sequential([
    keras.Input((12, 12, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(2),
    layers.Conv2D(16, 3, activation="relu"),
    layers.Flatten(),
    layers.Dense(32, activation="relu"),
    layers.Dense(NUM_CLASSES, activation="softmax"),
])
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=LR),
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)
model.fit(x_train, y_train, batch_size=32, epochs=5, validation_data=(x_test, y_test), verbose=2)
print("test:", model.evaluate(x_test, y_test, verbose=0))
