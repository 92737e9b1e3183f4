"""Tiny VQ-VAE: codebook, straight-through estimator, commitment loss."""
import tensorflow as tf
import keras
from keras import layers


class VectorQuantizer(layers.Layer):
    def __init__(self, num_embeddings, dim, beta=0.25, **kw):
        super().__init__(**kw)
        self.k, self.dim, self.beta = num_embeddings, dim, beta

    def build(self, input_shape):
        self.codebook = self.add_weight(shape=(self.k, self.dim), initializer=keras.initializers.RandomNormal(stddev=1.0), name="codebook")

    def call(self, x):
        d = (tf.reduce_sum(x ** 2, 1, keepdims=True) - 2 * x @ tf.transpose(self.codebook)
             + tf.reduce_sum(self.codebook ** 2, 1))
        idx = tf.argmin(d, axis=1)
        q = tf.gather(self.codebook, idx)
        commitment = tf.reduce_mean((tf.stop_gradient(q) - x) ** 2)
        codebook = tf.reduce_mean((q - tf.stop_gradient(x)) ** 2)
        self.add_loss(self.beta * commitment + codebook)
        return x + tf.stop_gradient(q - x)


keras.utils.set_random_seed(0)
means = tf.random.normal((8, 12), stddev=1.5)
which = tf.random.uniform((512,), 0, 8, dtype=tf.int32)
data = tf.gather(means, which) + 0.2 * tf.random.normal((512, 12))

inp = keras.Input((12,))
h = layers.Dense(24, activation="relu")(inp)
h = layers.Dense(4)(h)
h = VectorQuantizer(24, 4)(h)
h = layers.Dense(24, activation="relu")(h)
out = layers.Dense(12)(h)
vqvae = keras.Model(inp, out)
vqvae.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
vqvae.fit(data, data, epochs=20, batch_size=32, verbose=2)
