import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)

x = rng.random((400, 8, 8, 1)).astype("float32") * 0.5
y = rng.integers(0, 2, 400)
x[y == 1, 2:6, 2:6] += 0.4


def feature_extractor():
    return keras.Sequential([
        keras.Input((8, 8, 1)),
        keras.layers.Conv2D(12, 3, activation="relu"),
        keras.layers.GlobalAveragePooling2D(),
    ], name="extractor")


base = feature_extractor()
model = keras.Sequential([
    base,
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])

# keep the extractor as it is
for layer in model.layers[:1]:
    layer.trainable = False

model.compile(optimizer=keras.optimizers.Adam(0.03), loss="binary_crossentropy", metrics=["accuracy"])
model.summary()
history = model.fit(x, y, epochs=6, batch_size=20, validation_split=0.2, verbose=2)
print("best val_accuracy", max(history.history["val_accuracy"]))
