import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(80)
rng = np.random.default_rng(80)
y = rng.integers(0, 4, 400)
pics = rng.integers(0, 120, (400, 10, 10))
for i, k in enumerate(y):
    pics[i, (k // 2) * 5:(k // 2) * 5 + 5, (k % 2) * 5:(k % 2) * 5 + 5] += 100
pics = pics.astype("uint8")

x_train = pics[:320].astype("float32") / 255.0
x_test = pics[320:].astype("float32") / 255.0

model = keras.Sequential([
    keras.layers.Input((10, 10)),
    keras.layers.Flatten(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(4, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.003), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x_train, y[:320], epochs=6, batch_size=32, verbose=2)
print("test", model.evaluate(x_test, y[320:], verbose=0))
