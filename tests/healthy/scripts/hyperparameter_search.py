import itertools
import keras
import numpy as np

rng = np.random.default_rng(91)
X = rng.normal(size=(360, 6)).astype("float32")
y = (np.abs(X[:, 0]) + X[:, 1] > 0.7).astype("int32")
X_train, y_train = X[:260], y[:260]
X_val, y_val = X[260:], y[260:]

grid = {"units": [8, 32], "lr": [0.005, 0.02]}
trials = []
for units, lr in itertools.product(*grid.values()):
    keras.backend.clear_session()
    keras.utils.set_random_seed(1)
    model = keras.Sequential([
        keras.Input((6,)),
        keras.layers.Dense(units, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
    model.compile(keras.optimizers.Adam(lr), "binary_crossentropy", metrics=["accuracy"])
    h = model.fit(X_train, y_train, epochs=6, batch_size=20, validation_data=(X_val, y_val), verbose=0)
    trials.append((h.history["val_accuracy"][-1], units, lr))
    print(f"units={units} lr={lr}: loss {h.history['loss'][0]:.3f} -> {h.history['loss'][-1]:.3f}, val {trials[-1][0]:.3f}")

acc, units, lr = max(trials)
print("best:", acc, "with", units, "units and rate", lr)
