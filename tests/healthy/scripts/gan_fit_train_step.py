import keras
import tensorflow as tf
from keras import layers, ops

keras.utils.set_random_seed(1)


class GAN(keras.Model):
    """From the keras.io guide, shrunk to 8x8 images."""

    def __init__(self, discriminator, generator, latent_dim):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_loss_tracker = keras.metrics.Mean(name="d_loss")
        self.g_loss_tracker = keras.metrics.Mean(name="g_loss")

    @property
    def metrics(self):
        return [self.d_loss_tracker, self.g_loss_tracker]

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn

    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        random_latent = keras.random.normal((batch_size, self.latent_dim))
        generated = self.generator(random_latent)
        combined = ops.concatenate([generated, real_images], axis=0)
        labels = ops.concatenate([ops.ones((batch_size, 1)), ops.zeros((batch_size, 1))], axis=0)
        labels += 0.05 * keras.random.uniform(ops.shape(labels))
        with tf.GradientTape() as tape:
            predictions = self.discriminator(combined)
            d_loss = self.loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.d_optimizer.apply_gradients(zip(grads, self.discriminator.trainable_weights))

        random_latent = keras.random.normal((batch_size, self.latent_dim))
        misleading = ops.zeros((batch_size, 1))
        with tf.GradientTape() as tape:
            predictions = self.discriminator(self.generator(random_latent))
            g_loss = self.loss_fn(misleading, predictions)
        grads = tape.gradient(g_loss, self.generator.trainable_weights)
        self.g_optimizer.apply_gradients(zip(grads, self.generator.trainable_weights))
        self.d_loss_tracker.update_state(d_loss)
        self.g_loss_tracker.update_state(g_loss)
        return {"d_loss": self.d_loss_tracker.result(), "g_loss": self.g_loss_tracker.result()}


disc = keras.Sequential([keras.Input((8, 8, 1)), layers.Conv2D(16, 3, strides=2, padding="same"),
                         layers.LeakyReLU(0.2), layers.Flatten(), layers.Dense(1)])
gen = keras.Sequential([keras.Input((16,)), layers.Dense(4 * 4 * 16), layers.LeakyReLU(0.2), layers.Reshape((4, 4, 16)),
                        layers.Conv2DTranspose(16, 4, strides=2, padding="same"), layers.LeakyReLU(0.2),
                        layers.Conv2D(1, 3, padding="same", activation="sigmoid")])
yy, xx = tf.meshgrid(tf.range(8.0), tf.range(8.0), indexing="ij")
c = tf.random.uniform((256, 1, 1, 2), 2.0, 5.0)
images = tf.exp(-((yy - c[..., 0]) ** 2 + (xx - c[..., 1]) ** 2) / 4.0)[..., None]

gan = GAN(disc, gen, latent_dim=16)
gan.compile(keras.optimizers.Adam(1e-3), keras.optimizers.Adam(1e-3), keras.losses.BinaryCrossentropy(from_logits=True))
gan.fit(tf.data.Dataset.from_tensor_slices(images).shuffle(256).batch(32), epochs=8, verbose=2)
