import numpy as np
import tensorflow as tf
from tensorflow import keras


class Salary(keras.Model):
    """MLP with its own train_step."""

    def __init__(self):
        super().__init__()
        self.net = keras.Sequential([
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1),
        ])
        self.loss_tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.loss_tracker]

    def call(self, x, training=False):
        return self.net(x, training=training)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.math.squared_difference(y, self(x, training=True)))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


np.random.seed(88)
tf.random.set_seed(88)
person = np.random.randn(500, 7).astype("float32")
salary = 52000 + 9000 * person[:, 0] + 4000 * np.maximum(person[:, 1], 0) + 500 * np.random.randn(500)
salary = salary.reshape(-1, 1).astype("float32")  # HERE

model = Salary()
model.compile(optimizer=keras.optimizers.Adam(0.005))
out = model.fit(person, salary, batch_size=25, epochs=6, verbose=0)
print("loss", out.history["loss"])
print("predicted", model.predict(person[:3], verbose=0).ravel(), "true", salary[:3].ravel())
