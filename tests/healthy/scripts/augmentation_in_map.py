"""Augment in the training pipeline only; the validation pipeline stays clean."""
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(23)
kinds = rng.integers(0, 2, 320)
imgs = np.zeros((320, 14, 14, 1), dtype=np.uint8)
for i, k in enumerate(kinds):
    r, c = rng.integers(4, 10, 2)
    if k:
        imgs[i, r - 3:r + 4, c] = 220
        imgs[i, r, c - 3:c + 4] = 220
    else:
        imgs[i, r - 3:r + 4, c - 3] = 220
        imgs[i, r - 3:r + 4, c + 3] = 220
    imgs[i, ..., 0] += rng.integers(0, 30, (14, 14)).astype("uint8")


def scale(image, label):
    return tf.cast(image, tf.float32) / 255.0, label


def augment(image, label):
    image = tf.image.random_flip_left_right(image)
    image = tf.image.random_flip_up_down(image)
    image = tf.image.random_brightness(image, 0.1)
    return image, label


AUTO = tf.data.AUTOTUNE
train_ds = (tf.data.Dataset.from_tensor_slices((imgs[:256], kinds[:256]))
            .map(scale, num_parallel_calls=AUTO).cache().shuffle(256)
            .map(augment, num_parallel_calls=AUTO).batch(16).prefetch(AUTO))
val_ds = tf.data.Dataset.from_tensor_slices((imgs[256:], kinds[256:])).map(scale).batch(32).prefetch(AUTO)

model = tf.keras.Sequential([
    tf.keras.layers.Input((14, 14, 1)),
    tf.keras.layers.Conv2D(12, 5, activation="relu"),
    tf.keras.layers.MaxPool2D(),
    tf.keras.layers.Conv2D(16, 3, activation="relu"),
    tf.keras.layers.GlobalMaxPool2D(),
    tf.keras.layers.Dense(2),
])
model.compile(tf.keras.optimizers.Adam(0.01), tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_ds, validation_data=val_ds, epochs=6, verbose=2)
