import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(18)
X = np.random.normal(size=(500, 7)).astype("float32")
y = np.argmax(X[:, :4] + 0.2 * np.random.normal(size=(500, 4)), axis=1)

model = keras.Sequential()
model.add(keras.Input((7,)))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dropout(0.3))
model.add(layers.Dense(4, activation="softmax"))
model.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(X[:400], y[:400], validation_data=(X[400:], y[400:]), epochs=6, batch_size=20, verbose=2)
