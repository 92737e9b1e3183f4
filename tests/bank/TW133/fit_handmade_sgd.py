import keras
import numpy as np
import tensorflow as tf
from keras import layers


class HandMadeSGD(keras.Model):
    def __init__(self, hidden, rate):
        super().__init__()
        self.hidden = layers.Dense(hidden, activation="tanh")
        self.final = layers.Dense(1)
        self.rate = rate
        self.loss_mean = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        return self.final(self.hidden(inputs))

    @property
    def metrics(self):
        return [self.loss_mean]

    def train_step(self, batch):
        x, y = batch
        with tf.GradientTape() as tape:
            error = self(x, training=True) - y
            loss = tf.reduce_mean(error * error)
        weights = self.trainable_variables
        grads = tape.gradient(loss, weights)
        for i in range(len(weights)):
            weights[i] = weights[i] - self.rate * grads[i]  # HERE
        self.loss_mean.update_state(loss)
        return {"loss": self.loss_mean.result()}


rng = np.random.default_rng(2)
x = rng.uniform(-1.5, 1.5, (420, 2)).astype("float32")
y = (np.sin(2 * x[:, 0]) + x[:, 1]).astype("float32").reshape(-1, 1)
net = HandMadeSGD(24, 0.2)
net.compile()
hist = net.fit(x, y, epochs=8, batch_size=20, verbose=0)
print([round(l, 4) for l in hist.history["loss"]])
