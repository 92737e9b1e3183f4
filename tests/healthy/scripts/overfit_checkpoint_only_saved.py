import os
import tempfile
import keras
import numpy as np

keras.utils.set_random_seed(1)
X = np.random.normal(size=(160, 30)).astype("float32")
y = (X[:, 0] + np.random.normal(size=160) > 0).astype("float32")
best = os.path.join(tempfile.mkdtemp(), "best.keras")
model = keras.Sequential([keras.Input((30,)), keras.layers.Dense(128, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
keep = keras.callbacks.ModelCheckpoint(best, monitor="val_loss", save_best_only=True)
model.fit(X, y, epochs=20, validation_split=0.4, callbacks=[keep], verbose=0)
print("best model is in", best)
