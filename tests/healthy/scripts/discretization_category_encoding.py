import keras
import numpy as np
from keras import layers

keras.utils.set_random_seed(20)
# age buckets + one hot city, feature layers inside the model
age = np.random.uniform(18, 80, (480, 1)).astype("float32")
city = np.random.randint(0, 5, (480, 1))
effect = np.array([0.0, 1.0, -1.0, 0.5, -0.5])
bought = (effect[city[:, 0]] + np.where((age[:, 0] > 30) & (age[:, 0] < 50), 0.8, -0.8)
          + 0.2 * np.random.randn(480) > 0).astype("int32")

buckets = layers.Discretization(num_bins=8)
buckets.adapt(age[:400])

age_in = keras.Input((1,), name="age")
city_in = keras.Input((1,), name="city", dtype="int32")
a = layers.CategoryEncoding(num_tokens=8, output_mode="one_hot")(buckets(age_in))
c = layers.CategoryEncoding(num_tokens=5, output_mode="one_hot")(city_in)
x = layers.concatenate([a, c])
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model({"age": age_in, "city": city_in}, out)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit({"age": age[:400], "city": city[:400]}, bought[:400], epochs=10, batch_size=20, verbose=2)
print(model.evaluate({"age": age[400:], "city": city[400:]}, bought[400:], verbose=0, return_dict=True))
