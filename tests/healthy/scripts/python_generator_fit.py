"""fit from an endless python generator that draws fresh samples."""
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.optimizers import Adam


def batch_generator(batch_size, seed):
    rng = np.random.default_rng(seed)
    while True:
        a = rng.uniform(-1, 1, (batch_size, 4)).astype("float32")
        b = (a[:, 0] * a[:, 1] + a[:, 2] * a[:, 3])[:, np.newaxis]
        yield a, b


model = Sequential()
model.add(Input(shape=(4,)))
model.add(Dense(64, activation="relu"))
model.add(Dense(64, activation="relu"))
model.add(Dense(1))
model.compile(optimizer=Adam(learning_rate=0.005), loss="mse")

history = model.fit(
    batch_generator(32, seed=1),
    steps_per_epoch=30,
    epochs=10,
    validation_data=batch_generator(64, seed=2),
    validation_steps=4,
    verbose=2,
)
print("improved from", history.history["val_loss"][0], "to", history.history["val_loss"][-1])
