import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(0)
big_x = rng.normal(size=(600, 10, 10, 1)).astype("float32")
big_y = rng.integers(0, 5, 600)
for i, c in enumerate(big_y):
    big_x[i, c * 2 : c * 2 + 2] += 1.5
small_y = (big_y >= 3).astype("float32")

base = keras.Sequential([
    keras.layers.Input((10, 10, 1)),
    keras.layers.Conv2D(8, 3), keras.layers.BatchNormalization(), keras.layers.ReLU(),
    keras.layers.Conv2D(16, 3, strides=2), keras.layers.BatchNormalization(), keras.layers.ReLU(),
    keras.layers.GlobalMaxPooling2D(),
], name="base")
pre = keras.Sequential([base, keras.layers.Dense(5)])
pre.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
pre.fit(big_x, big_y, epochs=4, verbose=0)

# transfer: frozen base with BN in inference mode
base.trainable = False
inputs = keras.Input((10, 10, 1))
x = base(inputs, training=False)
x = keras.layers.Dropout(0.2)(x)
outputs = keras.layers.Dense(1)(x)
model = keras.Model(inputs, outputs)
model.compile(keras.optimizers.Adam(), keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0)])
model.fit(big_x[:200], small_y[:200], epochs=3, validation_data=(big_x[200:300], small_y[200:300]))

# fine-tune everything with small lr
base.trainable = True
model.compile(keras.optimizers.Adam(1e-5), keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0)])
model.fit(big_x[:200], small_y[:200], epochs=2, validation_data=(big_x[200:300], small_y[200:300]))
