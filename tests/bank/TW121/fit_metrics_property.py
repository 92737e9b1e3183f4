import os
os.environ["KERAS_BACKEND"] = "tensorflow"

import tensorflow as tf
import keras
import numpy as np

keras.utils.set_random_seed(5)


class BinaryNet(keras.Model):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.hidden = keras.layers.Dense(20, activation="relu")
        self.out = keras.layers.Dense(1, activation="sigmoid")
        self.loss_fn = keras.losses.BinaryCrossentropy()
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.acc_tracker = keras.metrics.BinaryAccuracy(name="acc")

    def call(self, x):
        return self.out(self.hidden(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.loss_fn(y, y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.loss_tracker.update_state(loss)
        self.acc_tracker.update_state(y, y_pred)
        return {"loss": self.loss_tracker.result(), "acc": self.acc_tracker.result()}

    @property
    def metrics(self):
        return [self.loss_tracker]  # HERE


x = np.random.randn(500, 6).astype("float32")
y = ((x[:, 0] * x[:, 1] + x[:, 2]) > 0).astype("float32")[:, None]

m = BinaryNet()
m.compile(optimizer=keras.optimizers.Adam(0.01))
h = m.fit(x, y, batch_size=25, epochs=7, verbose=0)
print("loss:", [round(v, 3) for v in h.history["loss"]])
print("acc: ", [round(v, 3) for v in h.history["acc"]])
