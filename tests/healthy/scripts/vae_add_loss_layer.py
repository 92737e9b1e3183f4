import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

# VAE whose KL is added by the sampling layer; fit adds model losses itself
rng = np.random.default_rng(28)
z = rng.normal(size=(500, 2))
X = np.concatenate([np.sin(z), np.cos(z), z[:, :1] * z[:, 1:]], axis=1).astype("float32")


class GaussianSample(layers.Layer):
    def __init__(self, kl_weight=0.01, **kw):
        super().__init__(**kw)
        self.kl_weight = kl_weight
        self.seed = keras.random.SeedGenerator(7)

    def call(self, stats):
        mu, log_sigma = tf.split(stats, 2, axis=-1)
        kl = tf.reduce_mean(tf.reduce_sum(tf.exp(2 * log_sigma) / 2 + mu ** 2 / 2 - log_sigma - 0.5, axis=1))
        self.add_loss(self.kl_weight * kl)
        return mu + tf.exp(log_sigma) * keras.random.normal(tf.shape(mu), seed=self.seed)


inp = keras.Input((5,))
h = layers.Dense(32, activation="relu")(inp)
stats = layers.Dense(4)(h)
code = GaussianSample()(stats)
out = layers.Dense(5)(layers.Dense(32, activation="relu")(code))
vae = keras.Model(inp, out)
vae.compile(loss="mse", optimizer=keras.optimizers.Adam(0.005))
hist = vae.fit(X, X, epochs=14, batch_size=20, verbose=0)
print("loss", hist.history["loss"][0], "->", hist.history["loss"][-1])
