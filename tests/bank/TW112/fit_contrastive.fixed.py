import numpy as np
import tensorflow as tf
from tensorflow import keras


class Siamese(keras.Model):
    def __init__(self):
        super().__init__()
        self.branch = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(4)])
        self.mean_loss = keras.metrics.Mean(name="contrastive")

    def call(self, pair):
        a, b = pair
        return tf.reduce_sum(tf.square(self.branch(a) - self.branch(b)), axis=1)

    @property
    def metrics(self):
        return [self.mean_loss]

    def train_step(self, data):
        pair, same = data
        with tf.GradientTape() as tape:
            d2 = self(pair, training=True)
            apart = tf.square(tf.maximum(1.0 - tf.sqrt(d2 + 1e-6), 0.0))
            loss = tf.reduce_mean(same * d2 + (1.0 - same) * apart)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.mean_loss.update_state(loss)
        return {"contrastive": self.mean_loss.result()}


np.random.seed(16)
tf.random.set_seed(16)
centres = np.random.randn(4, 6) * 1.5
ka, kb = np.random.randint(0, 4, 480), np.random.randint(0, 4, 480)
kb = np.where(np.random.rand(480) < 0.4, ka, kb)
left = (centres[ka] + 0.3 * np.random.randn(480, 6)).astype("float32")
right = (centres[kb] + 0.3 * np.random.randn(480, 6)).astype("float32")
siamese = Siamese()
siamese.compile(optimizer=keras.optimizers.Adam(0.005))
siamese.fit([left, right], (ka == kb).astype("float32"), batch_size=32, epochs=6, verbose=2)
