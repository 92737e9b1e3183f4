import keras
from keras import layers
import numpy as np

rng = np.random.default_rng(65)
keras.utils.set_random_seed(65)
DEPTH, WIDTH = 7, 40

x = rng.uniform(-1, 1, (450, 5)).astype("float32")
y = np.stack([x[:, 0] * 2 - x[:, 1], np.sin(3 * x[:, 2])], axis=1)


def tower(inp):
    h = inp
    for i in range(DEPTH):
        h = layers.Dense(  # HERE
            WIDTH,
            activation="tanh",
            kernel_initializer=keras.initializers.RandomNormal(stddev=0.01),  # HERE
            name=f"h{i}",
        )(h)  # HERE
    return layers.Dense(2)(h)


inp = keras.Input((5,))
model = keras.Model(inp, tower(inp))
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.05, momentum=0.9), loss="mse", metrics=["mae"])
model.fit(x, y, validation_split=0.2, batch_size=20, epochs=10, verbose=2)
