"""Autoencoder on synthetic low-rank data."""
import keras
import numpy as np
import tensorflow as tf
from keras import layers

keras.utils.set_random_seed(0)
codes = np.random.normal(size=(400, 3))
mix = np.random.normal(size=(3, 12)) / 3 ** 0.5
data = (codes @ mix).astype("float32")

encoder = keras.Sequential([keras.Input((12,)), layers.Dense(8, activation="relu"), layers.Dense(3)])
decoder = keras.Sequential([keras.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(12)])
optimizer = keras.optimizers.Adam(1e-2)
weights = encoder.trainable_weights + decoder.trainable_weights


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        z = encoder(batch, training=True)
        reconstruction = decoder(z, training=True)
        loss = tf.reduce_mean(tf.square(batch - reconstruction))
    gradients = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(gradients, weights))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(400, seed=0).batch(40).prefetch(2)
mean_loss = keras.metrics.Mean()
for epoch in range(8):
    mean_loss.reset_state()
    for batch in ds:
        mean_loss.update_state(train_step(batch))
    print(f"[{epoch}] reconstruction error {mean_loss.result().numpy():.5f}")
