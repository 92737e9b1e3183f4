"""Transfer learning: pretrain on task A, freeze, train a head on task B."""
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

np.random.seed(5)
keras.utils.set_random_seed(5)

x = np.random.randn(600, 16).astype("float32")
proj = np.random.randn(16, 4).astype("float32")
z = np.tanh(x @ proj)
task_a = np.argmax(z, axis=1)
task_b = (z[:, 0] + z[:, 1] > 0).astype("float32")

backbone = keras.Sequential([
    keras.Input(shape=(16,)),
    layers.Dense(48, activation="relu"),
    layers.Dense(24, activation="relu"),
], name="backbone")

pretrain = keras.Sequential([backbone, layers.Dense(4, activation="softmax")])
pretrain.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
pretrain.fit(x[:400], task_a[:400], epochs=10, batch_size=16, verbose=0)

backbone.trainable = False
inputs = keras.Input(shape=(16,))
features = backbone(inputs, training=False)
outputs = layers.Dense(1, activation="sigmoid")(features)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
print("trainable weights:", len(model.trainable_weights))
model.fit(x[:400], task_b[:400], validation_data=(x[400:], task_b[400:]), epochs=12, batch_size=16, verbose=2)
