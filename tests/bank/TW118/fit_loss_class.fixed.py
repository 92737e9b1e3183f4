import keras
import numpy as np
from keras import layers, ops


class QuantileLoss(keras.losses.Loss):
    def __init__(self, q=0.5, name="quantile"):
        super().__init__(name=name)
        self.q = q

    def call(self, y_true, y_pred):
        e = ops.expand_dims(y_true, -1) - y_pred
        return ops.maximum(self.q * e, (self.q - 1) * e)


keras.utils.set_random_seed(27)
hours = np.random.uniform(-1, 1, size=(400, 2)).astype("float32")
wait = (2.0 * hours[:, 0] + hours[:, 1] ** 2 + 0.1 * np.random.exponential(size=400)).astype("float32")

model = keras.Sequential()
model.add(layers.Input((2,)))
model.add(layers.Dense(24, activation="relu"))
model.add(layers.Dense(1))
model.compile(loss=QuantileLoss(0.5), optimizer=keras.optimizers.Adam(0.01))
history = model.fit(hours, wait, epochs=7, batch_size=25, verbose=0)
print("quantile loss:", [round(v, 4) for v in history.history["loss"]])
