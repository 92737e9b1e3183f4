"""A metric class of our own, in fit and used by hand."""
import keras
import numpy as np
from keras import ops


class F1(keras.metrics.Metric):
    def __init__(self, name="f1", threshold=0.5, **kwargs):
        super().__init__(name=name, **kwargs)
        self.threshold = threshold
        self.tp = self.add_variable(shape=(), initializer="zeros", name="tp")
        self.fp = self.add_variable(shape=(), initializer="zeros", name="fp")
        self.fn = self.add_variable(shape=(), initializer="zeros", name="fn")

    def update_state(self, y_true, y_pred, sample_weight=None):
        p = ops.cast(ops.reshape(y_pred, (-1,)) > self.threshold, "float32")
        t = ops.cast(ops.reshape(y_true, (-1,)), "float32")
        self.tp.assign(self.tp + ops.sum(p * t))
        self.fp.assign(self.fp + ops.sum(p * (1 - t)))
        self.fn.assign(self.fn + ops.sum((1 - p) * t))

    def result(self):
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn + 1e-7)


rng = np.random.default_rng(71)
X = rng.normal(size=(500, 4)).astype("float32")
y = (X[:, 0] ** 2 + X[:, 1] > 0.5).astype("float32")
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"),
                          keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=[F1()])
model.fit(X[:400], y[:400], epochs=8, batch_size=16, verbose=2)

f1 = F1()
f1.update_state(y[400:], model.predict(X[400:], verbose=0))
print("held-out f1", float(f1.result()))
