import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(90)
rng = np.random.default_rng(90)
DEPTH = 16

X = rng.normal(size=(400, 10)).astype("float32")
y = np.argmax(np.c_[X[:, 0] + X[:, 1], X[:, 2] - X[:, 3], X[:, 4]], axis=1)

inputs = keras.Input((10,))
h = layers.Dense(48, activation="relu")(inputs)
for _ in range(DEPTH):
    shortcut = h
    h = layers.Dense(48, activation="relu")(h)
    h = layers.LayerNormalization()(layers.Add()([shortcut, h, h]))
outputs = layers.Dense(3)(h)
model = keras.Model(inputs, outputs)

model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.01, momentum=0.5),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
hist = model.fit(X, y, batch_size=25, epochs=8, validation_split=0.1, verbose=2)
print("final loss", hist.history["loss"][-1])
