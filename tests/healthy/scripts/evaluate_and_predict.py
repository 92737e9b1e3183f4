"""Iris-like: fit, evaluate, predict, report per class."""
import numpy as np
import keras
from keras import layers

rng = np.random.default_rng(150)
means = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])
species = np.repeat([0, 1, 2], 100)
X = means[species] + rng.normal(0, 0.3, size=(300, 4))
perm = rng.permutation(300)
X, species = X[perm], species[perm]
X_train, X_test, y_train, y_test = X[:220], X[220:], species[:220], species[220:]
mu, sigma = X_train.mean(axis=0), X_train.std(axis=0)
X_train, X_test = (X_train - mu) / sigma, (X_test - mu) / sigma

model = keras.Sequential([
    layers.Input((4,)),
    layers.Dense(10, activation="relu"),
    layers.Dense(10, activation="relu"),
    layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(X_train, keras.utils.to_categorical(y_train), batch_size=10, epochs=12, verbose=0)
loss, acc = model.evaluate(X_test, keras.utils.to_categorical(y_test), verbose=0)
print("loss %.3f accuracy %.3f" % (loss, acc))
pred = np.argmax(model.predict(X_test, verbose=0), axis=1)
for k, name in enumerate(["setosa", "versicolor", "virginica"]):
    hit = (pred[y_test == k] == k).mean()
    print(f"{name:12s} recall {hit:.2f} n={np.sum(y_test == k)}")
