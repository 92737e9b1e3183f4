import tensorflow as tf
import numpy as np

tf.random.set_seed(9)
rng = np.random.default_rng(9)

G = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(16, activation='relu'), tf.keras.layers.Dense(2)])
D = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(16, activation='relu'), tf.keras.layers.Dense(1)])
opt_g = tf.keras.optimizers.Adam(0.005)
opt_d = tf.keras.optimizers.Adam(0.005)
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)


def sample_real(n):
    angle = rng.uniform(0, 2 * np.pi, n)
    return tf.constant(np.stack([2 + np.cos(angle), 1 + np.sin(angle)], axis=1), tf.float32)


def d_step(real, noise):
    with tf.GradientTape() as tape:
        r, f = D(real), D(G(noise))
        loss = bce(tf.ones_like(r), r) + bce(tf.zeros_like(f), f)
    grads = tape.gradient(loss, D.trainable_variables)
    opt_d.apply_gradients(zip(grads, D.trainable_variables))
    return loss


def g_step(noise):
    with tf.GradientTape() as tape:
        f = D(G(noise))
        loss = bce(tf.ones_like(f), f)
    grads = tape.gradient(loss, D.trainable_variables)  # HERE
    opt_g.apply_gradients(zip(grads, D.trainable_variables))  # HERE
    return loss


for i in range(50):
    ld = d_step(sample_real(48), tf.random.normal((48, 3)))
    lg = g_step(tf.random.normal((48, 3)))
    if i % 10 == 0:
        centre = tf.reduce_mean(G(tf.random.normal((200, 3))), axis=0).numpy()
        print(i, 'D', ld.numpy(), 'G', lg.numpy(), 'centre of fakes', centre)
