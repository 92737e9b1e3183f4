import tensorflow as tf
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)


class Sampling(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_gen = keras.random.SeedGenerator(1337)

    def call(self, inputs):
        mean, log_var = inputs
        kl = -0.5 * keras.ops.sum(1 + log_var - keras.ops.square(mean) - keras.ops.exp(log_var), axis=-1)
        self.add_loss(0.02 * keras.ops.mean(kl))
        eps = keras.random.normal(keras.ops.shape(mean), seed=self.seed_gen)
        return mean + keras.ops.exp(0.5 * log_var) * eps


inp = keras.Input((20,))
h = layers.Dense(32, activation="relu")(inp)
mu = layers.Dense(2)(h)
lv = layers.Dense(2)(h)
z = Sampling()([mu, lv])
h = layers.Dense(32, activation="relu")(z)
rec = layers.Dense(20)(h)
vae = keras.Model(inp, rec)

angle = np.random.uniform(0, 2 * np.pi, (600, 1))
data = np.sin(angle + np.linspace(0, np.pi, 20)).astype("float32")
data += 0.05 * np.random.randn(*data.shape).astype("float32")
ds = tf.data.Dataset.from_tensor_slices(data).shuffle(600).batch(50)

optimizer = keras.optimizers.Adam(5e-3)
rec_metric = keras.metrics.Mean()


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        out = vae(x, training=True)
        rec_loss = tf.reduce_mean(tf.square(x - out))
        total = rec_loss + tf.add_n(vae.losses)
    grads = tape.gradient(total, vae.trainable_weights)
    optimizer.apply_gradients(zip(grads, vae.trainable_weights))
    rec_metric.update_state(rec_loss)


for epoch in range(12):
    rec_metric.reset_state()
    for x in ds:
        train_step(x)
    if epoch % 3 == 2:
        print("epoch", epoch + 1, "reconstruction", float(rec_metric.result()))
