"""Step counter: 3-axis accelerometer, recordings saved as (time, person, axis)."""
import numpy as np
import keras
from keras import layers


def recordings(people, steps=30, seed=0):
    rng = np.random.default_rng(seed)
    walking = rng.random(people) < 0.5
    t = np.arange(steps)[:, None]
    phase = rng.uniform(0, 6.28, people)[None, :]
    speed = np.where(walking, 1.2, 0.3)[None, :]
    wave = np.sin(speed * t + phase)
    data = np.stack([wave, 0.5 * wave, np.cos(speed * t + phase)], axis=-1)
    return (data + rng.normal(0, 0.3, data.shape)).astype("float32"), walking.astype("float32")


keras.utils.set_random_seed(1)
acc, walking = recordings(400)
print(acc.shape)
x = np.swapaxes(acc, 0, 1)

inputs = keras.Input((30, 3))
h = layers.Conv1D(16, 5, activation="relu")(inputs)
h = layers.GlobalAveragePooling1D()(h)
out = layers.Dense(1, activation="sigmoid")(h)
model = keras.Model(inputs, out)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["binary_accuracy"])
hist = model.fit(x[:320], walking[:320], validation_data=(x[320:], walking[320:]), epochs=6, batch_size=32, verbose=0)
print("train acc", hist.history["binary_accuracy"][-1], "val acc", hist.history["val_binary_accuracy"][-1])
