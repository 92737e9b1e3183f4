"""A GAN for a ring of gaussians. Two networks, two optimizers."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

LATENT = 8
BATCH = 64


def make_generator():
    return tf.keras.Sequential([
        layers.Input(shape=(LATENT,)),
        layers.Dense(32),
        layers.BatchNormalization(),
        layers.LeakyReLU(),
        layers.Dense(32, activation="relu"),
        layers.Dense(2),
    ], name="G")


def make_discriminator():
    return tf.keras.Sequential([
        layers.Input(shape=(2,)),
        layers.Dense(32),
        layers.LeakyReLU(),
        layers.Dropout(0.2),
        layers.Dense(32),
        layers.LeakyReLU(),
        layers.Dense(1),
    ], name="D")


generator, discriminator = make_generator(), make_discriminator()
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)
generator_optimizer = tf.keras.optimizers.Adam(1e-3, beta_1=0.5)
discriminator_optimizer = tf.keras.optimizers.Adam(1e-3, beta_1=0.5)

angles = np.random.randint(0, 6, 640) * np.pi / 3
ring = np.stack([np.cos(angles), np.sin(angles)], 1) + 0.05 * np.random.randn(640, 2)
train_dataset = tf.data.Dataset.from_tensor_slices(ring.astype("float32")).shuffle(640).batch(BATCH)


@tf.function
def train_step(points):
    noise = tf.random.normal([BATCH, LATENT])
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        fake = generator(noise, training=True)
        real_output = discriminator(points, training=True)
        fake_output = discriminator(fake, training=True)
        gen_loss = cross_entropy(tf.ones_like(fake_output), fake_output)
        disc_loss = (cross_entropy(tf.ones_like(real_output), real_output)
                     + cross_entropy(tf.zeros_like(fake_output), fake_output))
    gg = gen_tape.gradient(gen_loss, generator.trainable_variables)
    gd = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
    generator_optimizer.apply_gradients(zip(gg, generator.trainable_variables))
    discriminator_optimizer.apply_gradients(zip(gd, discriminator.trainable_variables))
    return gen_loss, disc_loss


for epoch in range(15):
    g_sum, d_sum, k = 0.0, 0.0, 0
    for batch in train_dataset:
        g, d = train_step(batch)
        g_sum, d_sum, k = g_sum + float(g), d_sum + float(d), k + 1
    print("epoch %d  G %.3f  D %.3f" % (epoch, g_sum / k, d_sum / k))

samples = generator(tf.random.normal([200, LATENT]), training=False).numpy()
print("mean radius of samples", np.linalg.norm(samples, axis=1).mean())
