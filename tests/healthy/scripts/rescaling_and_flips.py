"""uint8 images straight in; Rescaling and augmentation are layers of the model."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(55)


def draw(kind):
    canvas = rng.integers(0, 80, size=(16, 16, 3))
    r, c = rng.integers(3, 9, 2)
    if kind == 0:
        canvas[r:r + 5, c:c + 5, 0] = 230
    elif kind == 1:
        canvas[r:r + 5, c:c + 5, 2] = 230
    else:
        canvas[r:r + 5, c:c + 5] = 230
    return canvas


labels = rng.integers(0, 3, 300)
images = np.stack([draw(k) for k in labels]).astype("uint8")

data_augmentation = keras.Sequential([
    layers.RandomFlip("horizontal_and_vertical"),
    layers.RandomTranslation(0.1, 0.1),
    layers.RandomRotation(0.05),
])
model = keras.Sequential([
    layers.Input((16, 16, 3)),
    layers.Rescaling(1.0 / 255),
    data_augmentation,
    layers.Conv2D(12, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
    layers.GlobalAveragePooling2D(),
    layers.Dense(3),
])
model.compile(optimizer=keras.optimizers.Adam(0.01),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=["accuracy"])
model.fit(images[:240], labels[:240], validation_data=(images[240:], labels[240:]), epochs=8, batch_size=24, verbose=2)
