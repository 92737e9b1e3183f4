import keras
import numpy as np

# three members from different seeds, averaged probabilities
rng = np.random.default_rng(1001)
X = rng.uniform(-1.5, 1.5, size=(420, 2)).astype("float32")
y = ((X[:, 0] * X[:, 1] > 0) ^ (np.abs(X[:, 0]) > 1.2)).astype("int32")
X_train, y_train, X_test, y_test = X[:340], y[:340], X[340:], y[340:]

members = []
for seed in (1, 2, 3):
    keras.utils.set_random_seed(seed)
    m = keras.Sequential([
        keras.Input((2,)),
        keras.layers.Dense(48, activation="relu"),
        keras.layers.Dense(48, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    m.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
    h = m.fit(X_train, y_train, epochs=8, batch_size=20, verbose=0)
    print("member", seed, "loss", round(h.history["loss"][0], 3), "->", round(h.history["loss"][-1], 3))
    members.append(m)

votes = np.mean([m.predict(X_test, verbose=0)[:, 0] for m in members], axis=0)
print("ensemble accuracy", ((votes > 0.5) == (y_test == 1)).mean())
