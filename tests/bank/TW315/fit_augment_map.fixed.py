import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
labels = rng.integers(0, 2, 400)
images = rng.normal(0.3, 0.1, (400, 12, 12, 1)).astype("float32")
images[labels == 1, 4:8, 4:8] += 0.4
images[labels == 0, 4:8, 4:8, :] += 0.1

augment = keras.Sequential([
    layers.RandomTranslation(0.1, 0.1),
    layers.RandomContrast(0.3),
    layers.GaussianNoise(0.2),
])


def make_ds(x, y, training):
    ds = tf.data.Dataset.from_tensor_slices((x, y))
    if training:
        ds = ds.shuffle(400)
    ds = ds.batch(32)
    if training:
        ds = ds.map(lambda a, b: (augment(a, training=True), b))
    return ds


train_ds = make_ds(images[:320], labels[:320], True)
val_ds = make_ds(images[320:], labels[320:], False)

model = keras.Sequential([
    layers.Input((12, 12, 1)),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Flatten(),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=5, verbose=2)
print("evaluate twice:", model.evaluate(val_ds, verbose=0)[0], model.evaluate(val_ds, verbose=0)[0])
