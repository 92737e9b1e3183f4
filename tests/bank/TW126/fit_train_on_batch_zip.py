import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(9)


def blobs(n):
    c = np.array([[1.5, 0.0], [-1.0, 1.2], [-0.5, -1.5], [0.5, 1.8]])
    lab = np.random.randint(0, 4, n)
    pts = c[lab] + 0.35 * np.random.randn(n, 2)
    return pts.astype("float32"), lab


X, y = blobs(480)
model = keras.Sequential()
model.add(keras.layers.Input((2,)))
model.add(keras.layers.Dense(20, activation="relu"))
model.add(keras.layers.Dense(4, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01))

n_batches = 15
batches = zip(np.array_split(X, n_batches), np.array_split(y, n_batches))  # HERE

for epoch in range(10):
    seen, running = 0, 0.0
    for bx, by in batches:  # HERE
        running += model.train_on_batch(bx, by)
        seen += 1
    print("epoch", epoch, "loss", running / max(seen, 1))

print("accuracy", np.mean(model.predict(X, verbose=0).argmax(1) == y))
