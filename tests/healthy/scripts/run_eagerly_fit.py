"""run_eagerly=True to be able to set break points."""
import keras
import numpy as np
from keras import layers


class Residual(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.d1 = layers.Dense(self.units, activation="relu")
        self.d2 = layers.Dense(shape[-1])
        self.d1.build(shape)
        self.d2.build((None, self.units))

    def call(self, x):
        return x + self.d2(self.d1(x))


class ResNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.stem = layers.Dense(16, activation="relu")
        self.blocks = [Residual(16), Residual(16)]
        self.top = layers.Dense(1)

    def call(self, x):
        x = self.stem(x)
        for b in self.blocks:
            x = b(x)
        return self.top(x)


rng = np.random.default_rng(86)
X = rng.normal(size=(160, 4)).astype("float32")
Y = np.sin(X.sum(axis=1, keepdims=True))
model = ResNet()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", run_eagerly=True)
for e, l in enumerate(model.fit(X, Y, epochs=5, batch_size=20, verbose=0).history["loss"]):
    print(e, l)
