import keras
import numpy as np

# sensor table with holes: fill with the training median and tell the net which were missing
rng = np.random.default_rng(97)
full = rng.normal(size=(500, 5))
y = (full[:, 0] - full[:, 2] + 0.5 * full[:, 4] > 0).astype("int32")
holes = rng.uniform(size=full.shape) < 0.1
table = full.copy()
table[holes] = np.nan
print("missing cells:", int(np.isnan(table).sum()))

train, test = table[:400], table[400:]
median = np.nanmedian(train, axis=0)


def prepare(t):
    flag = np.isnan(t)
    filled = np.where(flag, median, t)
    return np.hstack([filled, flag]).astype("float32")


X_train, X_test = prepare(train), prepare(test)
assert np.isfinite(X_train).all() and np.isfinite(X_test).all()

model = keras.Sequential([
    keras.layers.Input((10,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(X_train, y[:400], batch_size=10, epochs=8, verbose=2, validation_data=(X_test, y[400:]))
