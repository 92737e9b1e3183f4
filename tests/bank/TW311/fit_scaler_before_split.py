import numpy as np
import keras
from keras import layers


class StandardScaler:
    def fit(self, x):
        self.mean_, self.scale_ = x.mean(axis=0), x.std(axis=0)
        return self

    def transform(self, x):
        return (x - self.mean_) / self.scale_

    def fit_transform(self, x):
        return self.fit(x).transform(x)


keras.utils.set_random_seed(0)
rng = np.random.default_rng(0)
raw = np.column_stack([rng.normal(50, 12, 450), rng.normal(3, 1, 450), rng.normal(900, 150, 450)])
target = ((raw[:, 0] - 50) / 12 + (raw[:, 1] - 3) * (raw[:, 2] - 900) / 150 > 0).astype("float32")

scaler = StandardScaler()
data = scaler.fit_transform(raw)  # HERE
x_train, x_test = data[:350], data[350:]
y_train, y_test = target[:350], target[350:]

inp = keras.Input((3,))
h = layers.Dense(24, activation="relu")(inp)
h = layers.Dense(24, activation="relu")(h)
model = keras.Model(inp, layers.Dense(1, activation="sigmoid")(h))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, epochs=6, batch_size=25, validation_data=(x_test, y_test), verbose=2)
