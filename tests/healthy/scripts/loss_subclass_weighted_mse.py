"""keras.losses.Loss subclass; y has its second axis, so nothing broadcasts."""
import keras
import numpy as np
from keras import ops


class AsymmetricMSE(keras.losses.Loss):
    def __init__(self, over=1.0, under=3.0, name="asymmetric_mse"):
        super().__init__(name=name)
        self.over, self.under = over, under

    def call(self, y_true, y_pred):
        diff = y_true - y_pred
        weight = ops.where(diff > 0, self.under, self.over)
        return ops.mean(weight * ops.square(diff), axis=-1)


def load():
    rng = np.random.default_rng(15)
    x = rng.normal(size=(420, 6)).astype("float32")
    demand = x[:, :1] + 0.5 * np.abs(x[:, 1:2]) + 0.3 * rng.normal(size=(420, 1))
    return x, demand.astype("float32")


x, y = load()
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=AsymmetricMSE(), metrics=[keras.metrics.MeanAbsoluteError()])
model.fit(x[:340], y[:340], validation_data=(x[340:], y[340:]), epochs=8, batch_size=20, verbose=2)
bias = float((model.predict(x[340:], verbose=0) - y[340:]).mean())
print("mean over-prediction (wanted positive):", bias)
