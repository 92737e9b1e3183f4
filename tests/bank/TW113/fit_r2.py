import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


def r_squared(y_true, y_pred):
    unexplained = tf.reduce_sum(tf.square(y_true - y_pred))
    total = tf.reduce_sum(tf.square(y_true - tf.reduce_mean(y_true)))
    return 1.0 - unexplained / total  # HERE


np.random.seed(12)
X = np.random.rand(400, 8).astype("float32") - 0.5
Y = (X @ np.random.randn(8, 1) + 2 * X[:, :1] * X[:, 1:2]).astype("float32")

model = models.Sequential([layers.Input((8,)), layers.Dense(24, activation="relu"), layers.Dense(1)])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss=r_squared, metrics=["mse"])
h = model.fit(X, Y, validation_split=0.2, epochs=6, batch_size=32, verbose=0)
for k in ("loss", "mse", "val_mse"):
    print(k, np.round(h.history[k], 4))
