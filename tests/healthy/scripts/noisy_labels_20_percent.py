"""A fifth of the training labels is wrong; the net still finds the rule (test set is clean)."""
import keras
import numpy as np

keras.utils.set_random_seed(30)
X = np.random.normal(size=(700, 6)).astype("float32")
truth = (X[:, 0] + 0.7 * X[:, 1] > 0).astype("int32")
given = truth.copy()
flip = np.random.rand(700) < 0.2
given[flip] = 1 - given[flip]

inp = keras.layers.Input((6,))
h = keras.layers.Dense(8, activation="relu", kernel_regularizer="l2")(inp)
h = keras.layers.Dropout(0.1)(h)
out = keras.layers.Dense(2, activation="softmax")(h)
robust = keras.Model(inp, out)
robust.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
hist = robust.fit(X[:550], given[:550], epochs=8, batch_size=25, verbose=0)
print("train loss", hist.history["loss"][0], hist.history["loss"][-1])
print("train acc on noisy labels", hist.history["accuracy"][-1])
print("test acc on true labels", robust.evaluate(X[550:], truth[550:], verbose=0)[1])
