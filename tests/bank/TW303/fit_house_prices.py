import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(42)
rng = np.random.default_rng(42)

# 600 houses, features already standardised
X = rng.normal(size=(600, 8)).astype("float32")
price = 250_000 + 60_000 * X[:, 0] + 35_000 * X[:, 1] * X[:, 2] - 20_000 * X[:, 3]
price += rng.normal(scale=5_000, size=600)
y = price.astype("float32").reshape(-1, 1)  # HERE

x_train, x_val = X[:480], X[480:]
y_train, y_val = y[:480], y[480:]

inputs = keras.Input(shape=(8,))
h = layers.Dense(64, activation="relu")(inputs)
h = layers.Dense(64, activation="relu")(h)
outputs = layers.Dense(1)(h)
model = keras.Model(inputs, outputs)

model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse", metrics=["mae"])
hist = model.fit(x_train, y_train, validation_data=(x_val, y_val), epochs=8, batch_size=32, verbose=0)

for e, (a, b) in enumerate(zip(hist.history["loss"], hist.history["val_loss"])):
    print("epoch %d  train mse %.4f  val mse %.4f" % (e, a, b))
print("prediction std", float(model.predict(x_val, verbose=0).std()), "target std", float(y_val.std()))
