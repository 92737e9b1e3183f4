import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

# mixup: convex combinations of samples and of their one-hot labels
rng = np.random.default_rng(38)
C = 3
mu = rng.normal(size=(C, 8)) * 1.2
cls = rng.integers(0, C, 450)
X = (mu[cls] + rng.normal(size=(450, 8)) * 0.8).astype("float32")
Y = tf.one_hot(cls, C).numpy()


def mix(a, b):
    (xa, ya), (xb, yb) = a, b
    lam = tf.random.uniform((tf.shape(xa)[0], 1))
    lam = tf.maximum(lam, 1.0 - lam)
    return lam * xa + (1 - lam) * xb, lam * ya + (1 - lam) * yb


one = tf.data.Dataset.from_tensor_slices((X[:360], Y[:360])).shuffle(360).batch(24)
two = tf.data.Dataset.from_tensor_slices((X[:360], Y[:360])).shuffle(360).batch(24)
train = tf.data.Dataset.zip((one, two)).map(mix).prefetch(1)
test = tf.data.Dataset.from_tensor_slices((X[360:], Y[360:])).batch(45)

model = Sequential([layers.Input((8,)), layers.Dense(24, activation="relu"), layers.Dense(C, activation="softmax")])
model.compile(loss=tf.keras.losses.CategoricalCrossentropy(), optimizer=tf.keras.optimizers.Adam(0.004), metrics=["accuracy"])
h = model.fit(train, epochs=8, verbose=0, validation_data=test)
for k, v in h.history.items():
    print(k, np.round(v, 3))
