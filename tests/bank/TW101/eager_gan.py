"""Tiny GAN that should learn a 1-D gaussian."""
import tensorflow as tf
import keras

tf.random.set_seed(3)

LATENT = 4
BATCH = 64


def make_generator():
    return keras.Sequential([
        keras.Input((LATENT,)),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1),
    ], name="generator")


def make_discriminator():
    return keras.Sequential([
        keras.Input((1,)),
        keras.layers.Dense(16, activation="leaky_relu"),
        keras.layers.Dense(1),
    ], name="discriminator")


def train(steps=60):
    gen, disc = make_generator(), make_discriminator()
    g_opt = keras.optimizers.Adam(0.02)
    d_opt = keras.optimizers.Adam(0.01)
    bce = keras.losses.BinaryCrossentropy(from_logits=True)
    for step in range(steps):
        real = tf.random.normal((BATCH, 1), mean=3.0, stddev=0.5)
        z = tf.random.normal((BATCH, LATENT))
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake = gen(z, training=True)
            d_real = disc(real, training=True)
            d_fake = disc(fake, training=True)
            d_loss = bce(tf.ones_like(d_real), d_real) + bce(tf.zeros_like(d_fake), d_fake)
            g_loss = bce(tf.ones_like(d_fake), d_fake)
        d_grads = d_tape.gradient(d_loss, disc.trainable_variables)
        g_grads = g_tape.gradient(g_loss, gen.trainable_variables)  # HERE
        d_opt.apply_gradients(zip(d_grads, disc.trainable_variables))
        if step % 10 == 9:
            print("step", step + 1, "| D", round(float(d_loss), 3), "| G", round(float(g_loss), 3),
                  "| mean of samples", round(float(tf.reduce_mean(gen(tf.random.normal((256, LATENT))))), 2))


if __name__ == "__main__":
    train()
