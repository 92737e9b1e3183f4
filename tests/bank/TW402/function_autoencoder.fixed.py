import tensorflow as tf
from tensorflow.keras import layers, Model
import numpy as np

# ---------------------------------------------------------------- config
CONFIG = {
    "latent": 3,
    "hidden": 32,
    "batch_size": 50,
    "epochs": 20,
    "lr": 5e-3,
}


class Autoencoder(Model):
    def __init__(self, hidden, latent, n_features):
        super().__init__()
        self.encoder = tf.keras.Sequential([
            layers.Dense(hidden, activation="elu"),
            layers.Dense(latent),
        ])
        self.decoder = tf.keras.Sequential([
            layers.Dense(hidden, activation="elu"),
            layers.Dense(n_features),
        ])

    def call(self, x):
        return self.decoder(self.encoder(x))


def get_data(n=500, d=10):
    r = np.random.RandomState(5)
    z = r.randn(n, 3)
    mix = r.randn(3, d) / np.sqrt(3)
    return (z @ mix + 0.05 * r.randn(n, d)).astype(np.float32)


class Trainer:
    def __init__(self, cfg, data):
        self.cfg = cfg
        self.data = tf.data.Dataset.from_tensor_slices(data).shuffle(500).batch(cfg["batch_size"])
        self.model = Autoencoder(cfg["hidden"], cfg["latent"], data.shape[1])
        self.opt = tf.keras.optimizers.Adam(cfg["lr"])

    @tf.function
    def step(self, x):
        with tf.GradientTape() as tape:
            rec = self.model(x, training=True)
            loss = tf.reduce_mean(tf.square(rec - x))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        return loss

    def run(self):
        for epoch in range(self.cfg["epochs"]):
            mean = tf.keras.metrics.Mean()
            for x in self.data:
                mean(self.step(x))
            if (epoch + 1) % 5 == 0:
                tf.print("epoch", epoch + 1, "reconstruction", mean.result())


if __name__ == "__main__":
    Trainer(CONFIG, get_data()).run()
