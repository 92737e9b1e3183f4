import numpy as np
import tensorflow as tf
import keras
from keras import layers, ops

keras.utils.set_random_seed(11)


class SequenceTagger(keras.Model):
    """Says which of three shapes a noisy series has: rising, falling or a wave."""

    def __init__(self, **kw):
        super().__init__(**kw)
        self.rnn = layers.LSTM(24)
        self.head = layers.Dense(3, name="scores")  # HERE

    def call(self, x, training=False):
        return self.head(self.rnn(x, training=training))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)  # HERE
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(grads, self.trainable_weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(3)
t = np.linspace(0, 1, 16)
kind = rng.integers(0, 3, 480)
series = np.stack([
    2 * t - 1 if k == 0 else 1 - 2 * t if k == 1 else np.sin(12 * t + rng.uniform(0, 6))
    for k in kind
])
series = (series + 0.2 * rng.normal(size=series.shape))[..., None].astype("float32")

model = SequenceTagger()
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])  # HERE
h = model.fit(series, kind, epochs=6, batch_size=32, verbose=0)
for i, (l, a) in enumerate(zip(h.history["loss"], h.history["accuracy"])):
    print(i, round(l, 4), round(a, 3))
