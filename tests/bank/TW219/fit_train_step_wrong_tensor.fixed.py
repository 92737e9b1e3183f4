import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(94)


class Forecaster(keras.Model):
    def __init__(self):
        super().__init__()
        self.rnn = keras.layers.GRU(16)
        self.out = keras.layers.Dense(1)
        self.tracker = keras.metrics.Mean(name="loss")
        self.err = keras.metrics.MeanAbsoluteError(name="mae")

    @property
    def metrics(self):
        return [self.tracker, self.err]

    def call(self, x):
        return self.out(self.rnn(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            pred = self(x, training=True)
            loss = tf.reduce_mean(tf.square(pred - y))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        self.err.update_state(y, pred)
        return {m.name: m.result() for m in self.metrics}


t = np.arange(420) * 0.2
wave = np.sin(t) + 0.3 * np.sin(3.1 * t)
x = np.stack([wave[i:i + 15] for i in range(400)])[..., None].astype("float32")
y = wave[15:415].reshape(-1, 1).astype("float32")
model = Forecaster()
model.compile(optimizer=keras.optimizers.Adam(0.01))
model.fit(x, y, epochs=6, batch_size=20, verbose=2)
