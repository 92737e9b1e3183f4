import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(13)
tf.random.set_seed(13)

latent = rng.normal(size=(512, 3))
spectra = latent @ rng.normal(size=(3, 20))
spectra = ((spectra - spectra.mean(0)) / spectra.std(0)).astype("float32")


class AutoEncoder(tf.keras.Model):
    def __init__(self, code=4):
        super().__init__()
        self.encoder = tf.keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(code)])
        self.decoder = tf.keras.Sequential([
            layers.Dense(16, activation="relu"),
            layers.Dense(20, activation="sigmoid"),  # HERE
        ])

    def call(self, x):
        return self.decoder(self.encoder(x))


ae = AutoEncoder()
opt = tf.keras.optimizers.Adam(5e-3)
mse = tf.keras.losses.MeanSquaredError()


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        loss = mse(batch, ae(batch, training=True))
    grads = tape.gradient(loss, ae.trainable_variables)
    opt.apply_gradients(zip(grads, ae.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices(spectra).shuffle(512).batch(32)
for epoch in range(15):
    losses = [train_step(b) for b in data]
    print(epoch + 1, float(tf.reduce_mean(losses)))
