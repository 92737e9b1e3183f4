import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

tf.random.set_seed(30)
rng = np.random.default_rng(30)
real_data = (rng.normal(size=(480, 1)) * 0.5 + 1.5).astype("float32")

generator = Sequential([layers.Input((4,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
discriminator = Sequential([layers.Input((1,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
g_opt = tf.keras.optimizers.Adam(2e-3)
d_opt = tf.keras.optimizers.Adam(2e-3)


@tf.function
def train_step(real):
    noise = tf.random.normal([tf.shape(real)[0], 4])
    with tf.GradientTape(persistent=True) as tape:
        fake = generator(noise, training=True)
        real_out = discriminator(real, training=True)
        fake_out = discriminator(fake, training=True)
        g_loss = bce(tf.ones_like(fake_out), fake_out)
        d_loss = bce(tf.ones_like(real_out), real_out) + bce(tf.zeros_like(fake_out), fake_out)
    g_grads = tape.gradient(g_loss, generator.trainable_variables)
    d_grads = tape.gradient(d_loss, discriminator.trainable_variables)
    g_opt.apply_gradients(zip(g_grads, generator.trainable_variables))
    d_opt.apply_gradients(zip(d_grads, discriminator.trainable_variables))
    return g_loss, d_loss


ds = tf.data.Dataset.from_tensor_slices(real_data).shuffle(480).batch(48)
for epoch in range(40):
    g, d = [], []
    for batch in ds:
        gl, dl = train_step(batch)
        g.append(gl.numpy())
        d.append(dl.numpy())
    if epoch % 8 == 7:
        sample = generator(tf.random.normal([300, 4]))
        print(f"epoch {epoch + 1}: g {np.mean(g):.3f} d {np.mean(d):.3f} sample mean {float(tf.reduce_mean(sample)):.3f}")
