import numpy as np
from tensorflow import keras

np.random.seed(28)
names = ["cat", "dog", "bird"]
labels = np.random.choice(names, size=450)
index = {n: i for i, n in enumerate(names)}
y = np.array([index[n] for n in labels])
x = np.random.randn(450, 10) + np.eye(3)[y].repeat([4, 3, 3], axis=1) * 1.5

net = keras.Sequential()
net.add(keras.layers.Dense(20, activation="relu"))
net.add(keras.layers.Dense(len(names), activation="softmax"))
net.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
log = net.fit(x, y, epochs=6, batch_size=25, validation_split=0.2, verbose=0)
print("first/last loss", log.history["loss"][0], log.history["loss"][-1])
print("val acc", log.history["val_accuracy"][-1])
