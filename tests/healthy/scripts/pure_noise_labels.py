"""Sanity experiment: labels are coin flips, so accuracy stays near one half."""
import numpy as np
import keras

rng = np.random.default_rng(0)
X = rng.normal(size=(800, 10)).astype("float32")
y = rng.integers(0, 2, size=800)
X_val, y_val = X[640:], y[640:]

model = keras.Sequential([
    keras.Input((10,)),
    keras.layers.Dense(4, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(X[:640], y[:640], epochs=5, batch_size=32, validation_data=(X_val, y_val), verbose=0)
for epoch, (l, a, va) in enumerate(zip(*[history.history[k] for k in ("loss", "accuracy", "val_accuracy")])):
    print(f"epoch {epoch}: loss {l:.3f} accuracy {a:.3f} val {va:.3f}")
print("nothing to learn here: a coin has no pattern, chance loss is", np.log(2))
