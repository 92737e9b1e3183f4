import keras
import numpy as np

# raw columns (years, km in thousands, horsepower), not scaled; batch norm copes with it
rng = np.random.default_rng(62)
age = rng.uniform(0, 15, 500)
km = rng.uniform(0, 200, 500)
hp = rng.uniform(50, 250, 500)
price = 3.0 - 0.12 * age - 0.005 * km + 0.01 * hp + rng.normal(0, 0.1, 500)
cars = np.c_[age, km, hp].astype("float32")

keras.utils.set_random_seed(62)
model = keras.Sequential([
    keras.Input((3,)),
    keras.layers.BatchNormalization(),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(loss="mae", optimizer=keras.optimizers.Adam(0.01))
h = model.fit(cars[:400], price[:400], epochs=15, batch_size=16, verbose=0)
for i in range(0, 15, 3):
    print("epoch", i + 1, "mae", round(h.history["loss"][i], 4))
print("last", h.history["loss"][-1])
print("test mae", model.evaluate(cars[400:], price[400:], verbose=0))
