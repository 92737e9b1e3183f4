import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(42)


def weighted_bce(y_pred, y_true):  # HERE
    """Binary crossentropy where a positive counts one and a half times."""
    ce = keras.ops.binary_crossentropy(y_true, y_pred)
    weights = 1.0 + 0.5 * y_true
    return keras.ops.mean(ce * weights, axis=-1)


def make_data(n=600):
    age = np.random.randn(n)
    income = np.random.randn(n)
    visits = np.random.randn(n)
    score = 1.4 * age - 2.0 * income + 0.8 * visits * age
    bought = (score + 0.2 * np.random.randn(n) > 0).astype("float32")
    return np.stack([age, income, visits], axis=1).astype("float32"), bought[:, None]


x, y = make_data()
x_train, y_train = x[:480], y[:480]
x_val, y_val = x[480:], y[480:]

inputs = keras.Input(shape=(3,))
z = layers.Dense(32, activation="relu")(inputs)
z = layers.Dense(16, activation="relu")(z)
outputs = layers.Dense(1, activation="sigmoid")(z)
model = keras.Model(inputs, outputs)

model.compile(optimizer=keras.optimizers.Adam(0.005), loss=weighted_bce, metrics=["accuracy"])
history = model.fit(x_train, y_train, validation_data=(x_val, y_val),
                    batch_size=32, epochs=8, verbose=2)
print("best val loss", min(history.history["val_loss"]))
