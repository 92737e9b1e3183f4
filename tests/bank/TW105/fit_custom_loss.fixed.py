import numpy as np
import keras
import tensorflow as tf


def zero_one_loss(y_true, y_pred):
    wrong = y_true * (1.0 - y_pred) + (1.0 - y_true) * y_pred
    return tf.reduce_mean(wrong, axis=-1)


rng = np.random.default_rng(9)
x = rng.normal(size=(400, 12)).astype("float32")
y = np.stack([x[:, 0] > 0, x[:, 1] + x[:, 2] > 0, x[:, 3] < 0.3], axis=1).astype("float32")

model = keras.Sequential()
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(3, activation="sigmoid"))
model.compile(loss=zero_one_loss, optimizer=keras.optimizers.Adam(0.01),
              metrics=[keras.metrics.BinaryAccuracy(name="acc")])
model.fit(x, y, epochs=5, batch_size=20, verbose=2)
