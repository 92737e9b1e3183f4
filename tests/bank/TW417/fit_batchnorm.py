import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, BatchNormalization, Activation, Input
import numpy as np

tf.keras.utils.set_random_seed(78)
X = np.random.randn(192, 8).astype("float32")
labels = (X[:, 0] + 0.8 * X[:, 1] - X[:, 2] > 0).astype("int32")

model = Sequential([
    Input((8,)),
    Dense(24),
    BatchNormalization(),
    Activation("relu"),
    Dense(12),
    BatchNormalization(),
    Activation("relu"),
    Dense(1, activation="sigmoid"),
])
model.compile(loss="binary_crossentropy", optimizer=tf.keras.optimizers.Adam(0.01), metrics=["accuracy"])

hist = model.fit(X, labels, batch_size=1, epochs=4, verbose=0)  # HERE
print("loss", hist.history["loss"])
print("accuracy", hist.history["accuracy"])
print("evaluate", model.evaluate(X, labels, verbose=0))
