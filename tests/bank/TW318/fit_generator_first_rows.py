import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

np.random.seed(20)
tf.random.set_seed(20)

X = np.random.randn(500, 16).astype("float32")
true_w = np.random.randn(16, 4)
labels = np.argmax(X @ true_w + 0.1 * np.random.randn(500, 4), axis=1)
X_train, l_train, X_test, l_test = X[:400], labels[:400], X[400:], labels[400:]


def data_generator(batch_size=25):
    i = 0
    while True:
        batch = slice(i, i + batch_size)
        yield X_train[batch], l_train[batch]
        i = (i + batch_size) % batch_size  # HERE


net = models.Sequential([
    layers.Input((16,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(4, activation="softmax"),
])
net.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
net.fit(data_generator(), steps_per_epoch=16, epochs=6, verbose=2)
print("test:", net.evaluate(X_test, l_test, verbose=0))
