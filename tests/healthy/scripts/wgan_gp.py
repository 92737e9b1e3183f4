"""Wasserstein GAN with gradient penalty; the critic loss is negative and that is fine."""
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.random.set_seed(2)
LAT, N_CRITIC, GP = 4, 3, 5.0
critic = keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)])
gen = keras.Sequential([keras.Input((LAT,)), layers.Dense(32, activation="relu"), layers.Dense(2)])
c_opt = keras.optimizers.Adam(2e-3, beta_1=0.5, beta_2=0.9)
g_opt = keras.optimizers.Adam(2e-3, beta_1=0.5, beta_2=0.9)


def real_batch(n):
    t = tf.random.uniform((n, 1), -1.0, 1.0)
    return tf.concat([t + 2.0, t ** 2], axis=1) + tf.random.normal((n, 2), stddev=0.05)


def gradient_penalty(real, fake):
    eps = tf.random.uniform((tf.shape(real)[0], 1))
    mid = eps * real + (1 - eps) * fake
    with tf.GradientTape() as gp_tape:
        gp_tape.watch(mid)
        score = critic(mid, training=True)
    norm = tf.sqrt(tf.reduce_sum(gp_tape.gradient(score, mid) ** 2, axis=1) + 1e-12)
    return tf.reduce_mean((norm - 1.0) ** 2)


@tf.function
def train_critic(real):
    fake = gen(tf.random.normal((tf.shape(real)[0], LAT)), training=False)
    with tf.GradientTape() as tape:
        wass = tf.reduce_mean(critic(fake, training=True)) - tf.reduce_mean(critic(real, training=True))
        loss = wass + GP * gradient_penalty(real, fake)
    c_opt.apply_gradients(zip(tape.gradient(loss, critic.trainable_variables), critic.trainable_variables))
    return wass


@tf.function
def train_gen(n):
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(critic(gen(tf.random.normal((n, LAT)), training=True), training=False))
    g_opt.apply_gradients(zip(tape.gradient(loss, gen.trainable_variables), gen.trainable_variables))
    return loss


total = 0.0
for it in range(1, 151):
    for _ in range(N_CRITIC):
        w = train_critic(real_batch(64))
    train_gen(tf.constant(64))
    total += float(w)
    if it % 30 == 0:
        print("iteration", it, "critic (mean of 30) %.3f" % (total / 30), "fake centre", tf.reduce_mean(gen(tf.random.normal((256, LAT))), 0).numpy())
        total = 0.0
