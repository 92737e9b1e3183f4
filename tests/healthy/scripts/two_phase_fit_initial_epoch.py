"""Two phases with the same compiled model: a change of the learning rate in between."""
import keras
import numpy as np

keras.utils.set_random_seed(18)
X = np.random.normal(size=(600, 10)).astype("float32")
y = np.argmax(X[:, :3] + 0.05 * np.random.normal(size=(600, 3)), axis=1)

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.1, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"])

h1 = model.fit(X[:480], y[:480], epochs=4, batch_size=16, validation_data=(X[480:], y[480:]), verbose=0)
print("phase 1", h1.history["loss"])

model.optimizer.learning_rate.assign(0.02)
h2 = model.fit(X[:480], y[:480], epochs=8, initial_epoch=4, batch_size=16,
               validation_data=(X[480:], y[480:]), verbose=0)
print("phase 2", h2.history["loss"])
print("learning rate now", float(model.optimizer.learning_rate))
print("val accuracy", h2.history["val_accuracy"][-1])
