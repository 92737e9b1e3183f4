# crashes
import keras
import numpy as np
import tensorflow as tf


class Denoiser(keras.Model):
    def __init__(self, dim, noise=0.3, **kwargs):
        super().__init__(**kwargs)
        self.net = keras.Sequential([
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(dim),
        ])
        self.noise = noise
        self.loss_tracker = keras.metrics.Mean(name="rec_loss")

    def call(self, x):
        return self.net(x)

    @property
    def metrics(self):
        return [self.loss_tracker]

    def train_step(self, clean):
        noisy = clean + self.noise * tf.random.normal(tf.shape(clean))
        with tf.GradientTape() as tape:
            restored = self(noisy, training=True)
        per_row = tf.reduce_sum(tf.square(clean - restored), axis=-1)  # HERE
        loss = tf.reduce_mean(per_row)  # HERE
        grads = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply_gradients(zip(grads, self.trainable_weights))
        self.loss_tracker.update_state(loss)
        return {"rec_loss": self.loss_tracker.result()}


def main():
    keras.utils.set_random_seed(8)
    basis = np.random.normal(size=(2, 10))
    clean = np.sin(np.random.normal(size=(480, 2)) @ basis).astype("float32")
    model = Denoiser(10)
    model.compile(optimizer=keras.optimizers.Adam(5e-3))
    model.fit(clean, epochs=6, batch_size=32, verbose=2)


main()
