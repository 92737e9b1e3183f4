import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(5)
rng = np.random.default_rng(5)
protos = rng.normal(size=(8, 6, 6))
digit = rng.integers(0, 8, 600)
imgs = (protos[digit] + 0.9 * rng.normal(size=(600, 6, 6))).astype("float32")
onehot = keras.utils.to_categorical(digit, 8)

model = keras.Sequential()
model.add(layers.Input((6, 6)))
model.add(layers.Flatten())
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(8, activation="softmax"))
model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.1), metrics=["accuracy"])  # HERE
model.fit(imgs[:500], onehot[:500], epochs=6, batch_size=20, validation_data=(imgs[500:], onehot[500:]), verbose=2)
