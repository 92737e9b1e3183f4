"""Wide & deep: some columns go straight to the output."""
import keras
import numpy as np
from sys import stdout


def make(n, seed):
    r = np.random.default_rng(seed)
    X = r.normal(size=(n, 8)).astype("float32")
    y = X[:, 0] + np.sin(2 * X[:, 3]) + 0.5 * X[:, 5] * X[:, 6]
    return X, y[:, None].astype("float32")


X_train, y_train = make(400, 1)
X_valid, y_valid = make(100, 2)
split = lambda X: (X[:, :5], X[:, 2:])

input_wide = keras.layers.Input(shape=[5])
input_deep = keras.layers.Input(shape=[6])
hidden1 = keras.layers.Dense(32, activation="relu")(input_deep)
hidden2 = keras.layers.Dense(32, activation="relu")(hidden1)
aux = keras.layers.Dense(24, activation="relu")(input_wide)
concat = keras.layers.concatenate([input_wide, aux, hidden2])
output = keras.layers.Dense(1)(concat)
model = keras.Model(inputs=[input_wide, input_deep], outputs=output)
model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=5e-3))

history = model.fit(split(X_train), y_train, epochs=10, batch_size=16, verbose=0,
                    validation_data=(split(X_valid), y_valid))
stdout.write("mse by epoch: " + " ".join(f"{v:.3f}" for v in history.history["loss"]) + "\n")
stdout.write("val by epoch: " + " ".join(f"{v:.3f}" for v in history.history["val_loss"]) + "\n")
print(model.evaluate(split(X_valid), y_valid, verbose=0))
