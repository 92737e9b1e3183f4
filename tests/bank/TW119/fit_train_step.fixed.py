import tensorflow as tf
import numpy as np
import keras


class RatingModel(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.body = keras.layers.Dense(24, activation="gelu")
        self.score = keras.layers.Dense(units)
        self.l1 = keras.metrics.Mean(name="l1")

    def call(self, x):
        return self.score(self.body(x))

    @property
    def metrics(self):
        return [self.l1]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            l1 = tf.reduce_mean(tf.abs(y - self(x, training=True)))
        self.optimizer.apply(tape.gradient(l1, self.trainable_variables), self.trainable_variables)
        self.l1.update_state(l1)
        return {"l1": self.l1.result()}


rng = np.random.default_rng(20)
x = rng.normal(size=(420, 4)).astype("float32")
rating = (x[:, :1] + 0.5 * np.abs(x[:, 1:2])).astype("float32")
model = RatingModel(units=1)
model.compile(optimizer=keras.optimizers.Adam(0.01))
model.fit(x, rating, batch_size=30, epochs=6, verbose=2)
