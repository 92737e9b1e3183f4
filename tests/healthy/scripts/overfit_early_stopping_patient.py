import keras
import numpy as np

keras.utils.set_random_seed(1)
X = np.random.normal(size=(160, 30)).astype("float32")
y = (X[:, 0] + np.random.normal(size=160) > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(128, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=12, restore_best_weights=True)
model.fit(X, y, epochs=30, validation_split=0.4, callbacks=[stop], verbose=0)
