import keras
import numpy as np
import tensorflow as tf


class AdversarialAE(keras.Model):
    """Autoencoder whose codes are pushed towards a gaussian by a critic."""

    def __init__(self):
        super().__init__()
        self.encoder = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(2)])
        self.decoder = keras.Sequential([keras.Input((2,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(8)])
        self.critic = keras.Sequential([keras.Input((2,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)
        self.rec = keras.metrics.Mean(name="rec")
        self.crit = keras.metrics.Mean(name="critic")

    def compile(self, ae_optimizer, critic_optimizer):
        super().compile()
        self.ae_optimizer = ae_optimizer
        self.critic_optimizer = critic_optimizer

    @property
    def metrics(self):
        return [self.rec, self.crit]

    def train_step(self, x):
        with tf.GradientTape() as tape:
            fake = self.critic(self.encoder(x))
            real = self.critic(tf.random.normal((tf.shape(x)[0], 2)))
            critic_loss = self.bce(tf.ones_like(real), real) + self.bce(tf.zeros_like(fake), fake)
        w = self.critic.trainable_variables
        self.critic_optimizer.apply_gradients(zip(tape.gradient(critic_loss, w), w))

        with tf.GradientTape() as tape:
            z = self.encoder(x)
            rec = tf.reduce_mean(tf.square(x - self.decoder(z)))
            loss = rec + 0.02 * self.bce(tf.ones((tf.shape(x)[0], 1)), self.critic(z))
        w = self.critic.trainable_variables  # HERE
        self.ae_optimizer.apply_gradients(zip(tape.gradient(loss, w), w))
        self.rec.update_state(rec)
        self.crit.update_state(critic_loss)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(2)
x = (rng.normal(size=(480, 2)) @ rng.normal(size=(2, 8)) / 2).astype("float32")
aae = AdversarialAE()
aae.compile(keras.optimizers.Adam(0.01), keras.optimizers.Adam(0.002))
aae.fit(x, epochs=6, batch_size=32, verbose=2)
