import keras
import numpy as np

rng = np.random.default_rng(6)
x = rng.normal(size=(400, 5))
y = (x[:, 0] > 0).astype(int)
scores = []
for run in range(3):
    m = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
    m.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    m.fit(x[:300], y[:300], epochs=1, batch_size=10, verbose=0)
    scores.append(m.evaluate(x[300:], y[300:], verbose=0)[1])
print("accuracy %.3f +- %.3f" % (np.mean(scores), np.std(scores)))
