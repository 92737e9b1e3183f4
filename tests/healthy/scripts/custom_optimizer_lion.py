import tensorflow as tf
import keras
import numpy as np


class SignMomentum(keras.optimizers.Optimizer):
    """Lion-like optimizer written against the Keras 3 API."""

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.99, name="sign_momentum", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self._m = [self.add_variable_from_reference(v, name="m") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        lr = keras.ops.cast(learning_rate, variable.dtype)
        g = keras.ops.cast(gradient, variable.dtype)
        m = self._m[self._get_variable_index(variable)]
        self.assign_sub(variable, lr * keras.ops.sign(self.beta_1 * m + (1 - self.beta_1) * g))
        self.assign(m, self.beta_2 * m + (1 - self.beta_2) * g)


r = np.random.default_rng(9)
X = r.normal(size=(800, 12)).astype("float32")
Y = keras.utils.to_categorical(np.argmax(X[:, :3] + 0.2 * r.normal(size=(800, 3)), axis=1))
model = keras.Sequential([keras.layers.Dense(24, activation="elu"), keras.layers.Dense(3, activation="softmax")])
model.compile(SignMomentum(3e-3), "categorical_crossentropy", metrics=["categorical_accuracy"])
model.fit(X, Y, epochs=5, batch_size=40, shuffle=True)
