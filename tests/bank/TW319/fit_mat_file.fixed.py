# street numbers, stored MATLAB style: height x width x colour x picture
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

tf.random.set_seed(30)
rng = np.random.default_rng(30)


def fake_mat(count):
    labels = rng.integers(0, 3, count)
    X = rng.normal(0.4, 0.1, (12, 12, 3, count))
    for i, k in enumerate(labels):
        if k == 0:
            X[2:10, 5:7, :, i] += 0.5          # a one
        elif k == 1:
            X[2:4, 2:10, :, i] += 0.5          # a seven
            X[2:10, 8:10, :, i] += 0.5
        else:
            X[2:10, 2:4, :, i] += 0.5          # an L
            X[8:10, 2:10, :, i] += 0.5
    return {"X": X, "y": labels}


mat = fake_mat(360)
x = mat["X"].transpose(3, 0, 1, 2).astype("float32")
y = mat["y"]
x_train, y_train, x_test, y_test = x[:300], y[:300], x[300:], y[300:]

model = models.Sequential()
model.add(layers.Input((12, 12, 3)))
model.add(layers.Conv2D(8, (3, 3), activation="relu"))
model.add(layers.MaxPooling2D((2, 2)))
model.add(layers.Conv2D(16, (3, 3), activation="relu"))
model.add(layers.Flatten())
model.add(layers.Dense(3, activation="softmax"))
model.compile(optimizer=tf.keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=4, batch_size=30, validation_data=(x_test, y_test), verbose=2)
