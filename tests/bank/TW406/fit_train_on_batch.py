import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(6)
np.random.seed(6)

x = np.random.randn(400, 6).astype("float32")
y = (np.sin(2 * x[:, 0]) + x[:, 1]).astype("float32")[:, None]

inputs = keras.Input((6,))
h = keras.layers.Dense(40, activation="tanh", name="features")(inputs)
outputs = keras.layers.Dense(1, name="readout")(h)
model = keras.Model(inputs, outputs)

# stage one: random features, only the readout is trained
model.get_layer("features").trainable = False
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")


def run(stage, epochs, batch=40):
    for ep in range(epochs):
        idx = np.random.permutation(len(x))
        tot = 0
        for i in range(0, len(x), batch):
            b = idx[i:i + batch]
            tot += model.train_on_batch(x[b], y[b]) * len(b)  # HERE
        print(stage, "epoch", ep, "mse", tot / len(x))


run("readout", 4)
w0 = model.get_layer("features").kernel.numpy().copy()

# stage two: all layers
model.get_layer("features").trainable = True  # HERE
run("all", 6)
print("features changed:", float(np.abs(model.get_layer("features").kernel.numpy() - w0).max()))
