import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(19)
tf.random.set_seed(19)

# activity recognition: 5 activities, recorded one after the other
X, y = [], []
for activity in range(5):
    profile = np.random.normal(0, 1, 20)
    X.append(profile + np.random.normal(0, 0.5, (100, 20)))
    y += [activity] * 100
X = np.concatenate(X).astype("float32")
y = np.array(y)

model = keras.Sequential()
model.add(keras.layers.Input((20,)))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dropout(0.1))
model.add(keras.layers.Dense(5, activation="softmax"))
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=20)
h = model.fit(X, y, epochs=8, batch_size=16, validation_split=0.2, callbacks=[stop], verbose=0)  # HERE
print("acc     ", [round(v, 2) for v in h.history["accuracy"]])
print("val_acc ", [round(v, 2) for v in h.history["val_accuracy"]])
