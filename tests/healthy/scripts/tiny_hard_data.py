"""30 patients, 5 measurements, weak signal: little to be learnt, nothing wrong."""
import numpy as np
from tensorflow import keras

np.random.seed(0)
keras.utils.set_random_seed(0)

measurements = np.random.normal(size=(30, 5)).astype("float32")
risk = 0.8 * measurements[:, 0] + np.random.normal(0, 1.2, 30)
sick = (risk > np.median(risk)).astype("float32")

train_x, train_y = measurements[:22], sick[:22]
test_x, test_y = measurements[22:], sick[22:]

model = keras.Sequential([
    keras.layers.Input((5,)),
    keras.layers.Dense(4, activation="tanh", kernel_regularizer=keras.regularizers.l2(1e-2)),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate = 0.01
log = model.fit(train_x, train_y, epochs=30, batch_size=8, verbose=0)
print("loss", log.history["loss"][0], "->", log.history["loss"][-1])
print("test", model.evaluate(test_x, test_y, verbose=0))
print("baseline", max(test_y.mean(), 1 - test_y.mean()))
