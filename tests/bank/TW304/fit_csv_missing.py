# Titanic-style exercise: csv with a few empty cells
import io
import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(1)
np.random.seed(1)

rows = ["age,fare,siblings,survived"]
for _ in range(400):
    age, fare, sib = np.random.uniform(1, 80), np.random.exponential(30), np.random.randint(0, 4)
    alive = int(fare / 30 - age / 40 + np.random.normal(0, 0.3) > 0)
    age_txt = "" if np.random.rand() < 0.08 else f"{age:.1f}"
    rows.append(f"{age_txt},{fare:.2f},{sib},{alive}")
csv_file = io.StringIO("\n".join(rows))

table = np.genfromtxt(csv_file, delimiter=",", skip_header=1)  # HERE
x = (table[:, :3] / np.array([80.0, 100.0, 4.0])).astype("float32")  # HERE
y = table[:, 3].astype("float32")

model = keras.Sequential([
    keras.layers.Input(shape=(3,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate = 0.01
model.fit(x, y, epochs=6, batch_size=20, verbose=2)
print("weights finite:", all(np.isfinite(w).all() for w in model.get_weights()))
print("predictions:", model.predict(x[:4], verbose=0).ravel())
