"""Variational autoencoder with a KL term, overridden train_step."""
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(3)


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        eps = keras.random.normal(shape=tf.shape(z_mean))
        return z_mean + tf.exp(0.5 * z_log_var) * eps


class VAE(keras.Model):
    def __init__(self, dim, latent=3, **kwargs):
        super().__init__(**kwargs)
        self.enc = layers.Dense(32, activation="relu")
        self.mean = layers.Dense(latent)
        self.log_var = layers.Dense(latent)
        self.sample = Sampling()
        self.dec = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(dim, activation="sigmoid")])
        self.total_loss_tracker = keras.metrics.Mean(name="total_loss")
        self.rec_tracker = keras.metrics.Mean(name="reconstruction_loss")
        self.kl_tracker = keras.metrics.Mean(name="kl_loss")

    @property
    def metrics(self):
        return [self.total_loss_tracker, self.rec_tracker, self.kl_tracker]

    def call(self, x):
        h = self.enc(x)
        return self.dec(self.sample([self.mean(h), self.log_var(h)]))

    def train_step(self, data):
        with tf.GradientTape() as tape:
            h = self.enc(data)
            z_mean, z_log_var = self.mean(h), self.log_var(h)
            rec = self.dec(self.sample([z_mean, z_log_var]))
            rec_loss = tf.reduce_mean(tf.reduce_sum(tf.square(data - rec), axis=1)) * 10.0
            kl = -0.5 * (1 + z_log_var - tf.square(z_mean) - tf.exp(z_log_var))
            kl_loss = tf.reduce_mean(tf.reduce_sum(kl, axis=1))
            total = rec_loss + 0.1 * kl_loss
        grads = tape.gradient(total, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        self.total_loss_tracker.update_state(total)
        self.rec_tracker.update_state(rec_loss)
        self.kl_tracker.update_state(kl_loss)
        return {m.name: m.result() for m in self.metrics}


u = tf.random.normal((480, 2))
data = tf.sigmoid(u @ tf.random.normal((2, 15), stddev=1.5))
vae = VAE(15)
vae.compile(optimizer=keras.optimizers.Adam(5e-3))
vae.fit(data, epochs=10, batch_size=24, verbose=2)
