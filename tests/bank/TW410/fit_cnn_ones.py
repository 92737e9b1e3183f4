import keras
from keras import layers
import numpy as np


def stripes(n, seed):
    g = np.random.default_rng(seed)
    y = g.integers(0, 2, n)
    x = g.normal(0, 0.3, (n, 10, 10, 1))
    for k in range(n):
        off = g.integers(0, 2)
        if y[k] == 0:
            x[k, off::2, :, 0] += 1.0
        else:
            x[k, :, off::2, 0] += 1.0
    x = x - x.mean(axis=(1, 2, 3), keepdims=True)
    return x.astype("float32"), y


class ConvNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(8, 3, activation="relu", kernel_initializer="ones")  # HERE
        self.gap = layers.GlobalAveragePooling2D()
        self.fc = layers.Dense(2, activation="softmax", kernel_initializer="ones")  # HERE

    def call(self, x):
        return self.fc(self.gap(self.conv(x)))


def run():
    keras.utils.set_random_seed(19)
    x, y = stripes(400, 19)
    net = ConvNet()
    net.compile(optimizer=keras.optimizers.Adam(0.02), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    net.fit(x, y, batch_size=20, epochs=5, validation_data=stripes(80, 20), verbose=2)
    k = net.conv.get_weights()[0]
    print("spread between filters:", float(k.std(axis=-1).max()))


if __name__ == "__main__":
    run()
