# crashes
from tensorflow import keras
import tensorflow as tf
import numpy as np


class NoisyInputs(keras.Model):
    def train_step(self, data):
        x, y = data
        x = x + tf.random.normal(tf.shape(x), stddev=0.05)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(self.trainable_variables, grads))  # HERE
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


keras.utils.set_random_seed(88)
X = np.random.uniform(-1, 1, (400, 3)).astype("float32")
Y = (X[:, :1] * X[:, 1:2] + X[:, 2:]).astype("float32")
i = keras.layers.Input((3,))
o = keras.layers.Dense(1)(keras.layers.Dense(32, activation="relu")(i))
m = NoisyInputs(i, o)
m.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
m.fit(X, Y, epochs=6, batch_size=40, verbose=2)
