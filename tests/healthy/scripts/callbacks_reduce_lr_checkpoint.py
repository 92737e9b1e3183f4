"""ReduceLROnPlateau, ModelCheckpoint and CSVLogger, all in a temporary folder."""
import os
import tempfile
import numpy as np
from tensorflow import keras
from tensorflow.keras.callbacks import CSVLogger, ModelCheckpoint, ReduceLROnPlateau

rng = np.random.default_rng(10)
X = rng.normal(size=(450, 7)).astype("float32")
y = (np.tanh(X[:, 0] + X[:, 1]) + 0.1 * rng.normal(size=450)).astype("float32")
X_train, y_train, X_val, y_val = X[:350], y[:350], X[350:], y[350:]

model = keras.Sequential([
    keras.layers.Input((7,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")

with tempfile.TemporaryDirectory() as folder:
    best = os.path.join(folder, "best.keras")
    callbacks = [
        ModelCheckpoint(best, monitor="val_loss", save_best_only=True),
        ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=3, min_lr=1e-4, verbose=1),
        CSVLogger(os.path.join(folder, "log.csv")),
    ]
    model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=10, batch_size=20, callbacks=callbacks, verbose=0)
    print(open(os.path.join(folder, "log.csv")).read())
    restored = keras.models.load_model(best)
    print("best model val mse:", restored.evaluate(X_val, y_val, verbose=0))
