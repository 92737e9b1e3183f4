# crashes
import tensorflow as tf
import numpy as np
from tensorflow import keras


class Ranker(keras.Model):
    """Scores ten documents of a query; the relevant one should come first."""

    def __init__(self):
        super().__init__()
        self.scorer = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
        self.loss_metric = keras.metrics.Mean(name="rank_loss")

    def call(self, docs):
        return tf.squeeze(self.scorer(docs), -1)

    @property
    def metrics(self):
        return [self.loss_metric]

    def train_step(self, data):
        docs, relevant = data
        with tf.GradientTape() as tape:
            scores = self(docs, training=True)
            order = tf.argsort(scores, axis=-1, direction="DESCENDING")  # HERE
            place = tf.argmax(tf.cast(order == relevant[:, None], tf.int32), axis=-1)  # HERE
            loss = tf.reduce_mean(tf.cast(place, tf.float32))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_metric.update_state(loss)
        return {"rank_loss": self.loss_metric.result()}


tf.random.set_seed(0)
np.random.seed(0)
docs = np.random.randn(320, 10, 5).astype(np.float32)
quality = docs @ np.array([1.0, 0.5, -1.0, 0.0, 0.0], dtype=np.float32)
best = quality.argmax(axis=1).astype(np.int32)
ranker = Ranker()
ranker.compile(optimizer=keras.optimizers.Adam(0.02))
ranker.fit(tf.data.Dataset.from_tensor_slices((docs, best)).shuffle(320).batch(32), epochs=6, verbose=2)
