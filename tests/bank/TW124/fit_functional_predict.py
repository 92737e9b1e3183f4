import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(6)
X = rng.normal(size=(600, 16)).astype("float32")
w = rng.normal(size=(16,))
y = (X @ w + 0.5 * rng.normal(size=600) > 0).astype("float32")

split = 450
X_tr, X_te = X[:split], X[split:]
y_tr, y_te = y[:split], y[split:]

inp = layers.Input((16,), name="features")
h = layers.Dense(64, activation="relu")(inp)
h = layers.Dropout(0.5)(h)
h = layers.Dense(32, activation="relu")(h)
h = layers.Dropout(0.5)(h)
out = layers.Dense(1, activation="sigmoid")(h)
clf = keras.Model(inp, out, name="clf")

clf.compile("adam", "binary_crossentropy", metrics=["accuracy"])
clf.fit(X_tr, y_tr, epochs=10, batch_size=16, verbose=0)
print("train", clf.evaluate(X_tr, y_tr, verbose=0, return_dict=True))

scores = clf(X_te, training=True)  # HERE
scores = keras.ops.convert_to_numpy(scores)[:, 0]
print("test accuracy:", ((scores > 0.5) == (y_te > 0.5)).mean())
