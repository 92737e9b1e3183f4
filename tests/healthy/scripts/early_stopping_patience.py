"""EarlyStopping with best weights put back."""
import keras
import numpy as np
from keras.callbacks import EarlyStopping

rng = np.random.default_rng(14)
X = rng.normal(size=(500, 8)).astype("float32")
y = (X[:, 0] * X[:, 1] > 0).astype("int32")
X_tr, X_va, y_tr, y_va = X[:400], X[400:], y[:400], y[400:]

keras.utils.set_random_seed(14)
clf = keras.Sequential([
    keras.Input((8,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dropout(0.1),
    keras.layers.Dense(1, activation="sigmoid"),
])
clf.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
stop = EarlyStopping(monitor="val_loss", patience=4, restore_best_weights=True, verbose=1)
hist = clf.fit(X_tr, y_tr, validation_data=(X_va, y_va), epochs=40, batch_size=20, callbacks=[stop], verbose=0)

print("epochs run:", len(hist.history["loss"]))
print("best val loss:", min(hist.history["val_loss"]))
print("train loss from %.3f to %.3f" % (hist.history["loss"][0], hist.history["loss"][-1]))
print("after restore:", clf.evaluate(X_va, y_va, verbose=0))
