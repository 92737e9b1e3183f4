import tensorflow as tf
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers


class SmoothRegressor(keras.Model):
    """Squared error plus a penalty on the sensitivity of the output."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mse = keras.metrics.Mean(name="mse")

    @property
    def metrics(self):
        return [self.mse]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            jitter = self(x + 0.01 * tf.random.normal(tf.shape(x)), training=True)
            fit_term = tf.reduce_mean(tf.math.squared_difference(y, y_pred))  # HERE
            total = fit_term + 0.1 * tf.reduce_mean(tf.square(jitter - y_pred))
        grads = tape.gradient(total, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.mse.update_state(fit_term)
        return {"mse": self.mse.result()}


np.random.seed(83)
keras.utils.set_random_seed(83)
X = np.random.uniform(-1, 1, (420, 4))
y = np.sin(3 * X[:, 0]) + X[:, 1] * X[:, 2]

i = keras.Input((4,))
h = layers.Dense(32, activation="relu")(i)
o = layers.Dense(1)(h)
model = SmoothRegressor(i, o)
model.compile(optimizer=keras.optimizers.Adam(0.01))
model.fit(X.astype("float32"), y.astype("float32"), epochs=7, batch_size=30, verbose=2)
