# bike rental demand, updating the model batch by batch
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

rng = np.random.default_rng(1234)
keras.utils.set_random_seed(1234)

hour = rng.integers(0, 24, 480)
temperature = rng.normal(15, 8, 480)
air_pressure = rng.normal(1013, 9, 480)
visitors = rng.normal(20000, 5000, 480)
demand = np.sin(hour / 24 * np.pi) + 0.04 * temperature + (visitors - 20000) / 10000
demand = (demand - demand.mean()).astype("float32").reshape(-1, 1)

inputs = np.vstack([hour, temperature, air_pressure, visitors]).T.astype("float32")
inputs = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)

model = keras.Sequential()
model.add(layers.Input(shape=(4,)))
model.add(layers.Dense(32, activation="relu"))
model.add(layers.Dense(1))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")

for epoch in range(6):
    order = rng.permutation(480)
    losses = []
    for s in range(0, 480, 24):
        pick = order[s:s + 24]
        model.train_on_batch(inputs[pick], demand[pick])
        losses.append(float(np.mean((model.predict_on_batch(inputs[pick]) - demand[pick]) ** 2)))
    print("epoch", epoch, "loss", np.mean(losses))
