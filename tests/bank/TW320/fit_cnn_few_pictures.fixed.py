import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.random.set_seed(84)
np.random.seed(84)


def pictures(n):
    y = np.random.randint(0, 2, n)
    x = np.random.normal(0, 1, (n, 12, 12, 1))
    x[:, 4:8, 4:8, 0] += 0.35 * (2 * y[:, None, None] - 1)
    return x.astype("float32"), y.astype("float32")


x_train, y_train = pictures(80)
x_val, y_val = pictures(160)

model = keras.Sequential()
model.add(layers.Input((12, 12, 1)))
model.add(layers.AveragePooling2D(4))
model.add(layers.Flatten())
model.add(layers.Dense(1, activation="sigmoid"))
model.compile(optimizer=keras.optimizers.Adam(0.04), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=16, epochs=10, validation_data=(x_val, y_val), verbose=2)
