import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(36)
tf.random.set_seed(36)
x = np.random.randn(400, 5).astype("float32")
y = (2 * x[:, 0] - x[:, 3] + 0.1 * np.random.randn(400)).astype("float32")[:, None]


def rmse(y_true, y_pred):
    error = tf.square(y_pred - y_true)
    return tf.sqrt(tf.reduce_mean(error) + 1e-12)


inputs = keras.Input((5,))
h = keras.layers.Dense(16, activation="relu")(inputs)
h = keras.layers.Dense(16, activation="relu")(h)
model = keras.Model(inputs, keras.layers.Dense(1)(h))
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=rmse, metrics=["mae"])
model.fit(x[:320], y[:320], validation_data=(x[320:], y[320:]), epochs=6, batch_size=16, verbose=2)
