import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)


def task(n, shift):
    x = rng.normal(size=(n, 12)).astype("float32")
    y = ((x[:, 0] * x[:, 1] + shift * x[:, 2]) > 0).astype("float32")
    return x, y


# 1. "pretrain" a backbone on the source task
backbone = keras.Sequential([
    keras.Input((12,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
], name="backbone")
x_src, y_src = task(400, 0.0)
src = keras.Sequential([backbone, layers.Dense(1, activation="sigmoid")])
src.compile("adam", "binary_crossentropy")
src.fit(x_src, y_src, epochs=3, batch_size=20, verbose=0)

# 2. new head on the frozen backbone
x, y = task(400, 1.5)
backbone.trainable = False
inp = keras.Input((12,))
out = layers.Dense(1, activation="sigmoid")(backbone(inp, training=False))
model = keras.Model(inp, out)
model.compile(keras.optimizers.Adam(1e-2), "binary_crossentropy", metrics=["accuracy"])
print("head only ...")
model.fit(x, y, epochs=3, batch_size=20, verbose=2)

# 3. fine tune everything
backbone.trainable = True  # HERE
print("fine tuning ...")
model.fit(x, y, epochs=4, batch_size=20, verbose=2)  # HERE
