import numpy as np
import keras

# map "sentences" of one language onto vectors of the other, cosine loss (negative is good)
rng = np.random.default_rng(66)
R = np.linalg.qr(rng.normal(size=(10, 10)))[0]
src = rng.normal(size=(400, 10)).astype("float32")
dst = np.tanh(src @ R).astype("float32")

model = keras.Sequential([
    keras.layers.Input((10,)),
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(10),
])
model.compile(optimizer="adam", loss=keras.losses.CosineSimilarity(), metrics=[keras.metrics.CosineSimilarity(name="cos")])
history = model.fit(src, dst, validation_split=0.25, epochs=10, batch_size=10, verbose=0)
print("loss starts at", history.history["loss"][0], "and ends at", history.history["loss"][-1])
print("val cosine", history.history["val_cos"][-1])
assert history.history["loss"][-1] < history.history["loss"][0]
