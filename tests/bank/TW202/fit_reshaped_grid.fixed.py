# every cell of a 4x4 board is one of three colours; predict it from a blurred view
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(0)
gen = np.random.default_rng(99)

colours = gen.integers(0, 3, size=(400, 16))
table = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]])
view = table[colours].reshape(400, 32)
view = (view + 0.3 * gen.normal(size=view.shape)).astype("float32")

model = keras.Sequential()
model.add(keras.Input(shape=(32,)))
model.add(layers.Reshape((16, 2)))
model.add(layers.Conv1D(24, 1, activation="relu"))
model.add(layers.Dense(3))
model.add(layers.Reshape((4, 4, 3)))

model.compile(
    optimizer=keras.optimizers.Adam(3e-3),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
board = colours.reshape(400, 4, 4)
result = model.fit(view[:320], board[:320], validation_data=(view[320:], board[320:]), epochs=6, batch_size=16, verbose=0)
for name, values in result.history.items():
    print(name, np.round(values, 3))
