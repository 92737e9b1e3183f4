import numpy as np
from tensorflow import keras
from tensorflow.keras.utils import to_categorical

keras.utils.set_random_seed(12)
rng = np.random.default_rng(12)

# four measurements of three kinds of flowers (close to the well known table)
means = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.5, 2.0]])
sds = np.array([[0.35, 0.38, 0.17, 0.1], [0.5, 0.3, 0.45, 0.2], [0.6, 0.3, 0.5, 0.27]])
species = rng.integers(0, 3, 450)
X = means[species] + sds[species] * rng.normal(size=(450, 4))
X = (X - X[:360].mean(axis=0)) / X[:360].std(axis=0)
Y = to_categorical(species, 3)

model = keras.models.Sequential()
model.add(keras.layers.Input(shape=(4,)))
model.add(keras.layers.Dense(16, activation="relu"))
model.add(keras.layers.Dense(3, activation="softmax"))
model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.Adam(0.01), metrics=["categorical_accuracy"])

model.fit(X[:360], Y[:360], epochs=5, batch_size=20, verbose=2)
scores = model.evaluate(X[360:], Y[360:], verbose=0)
print("Accuracy reported: %.2f%%" % (scores[1] * 100))
print("Right species:     %.2f%%" % (100 * np.mean(model.predict(X[360:], verbose=0).argmax(1) == species[360:])))
