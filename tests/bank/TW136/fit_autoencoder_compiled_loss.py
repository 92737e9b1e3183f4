import keras
import numpy as np
import tensorflow as tf


class DenoisingAE(keras.Model):
    def __init__(self, dim, noise=0.1):
        super().__init__()
        self.noise = noise
        self.enc = keras.layers.Dense(24, activation="relu")
        self.code = keras.layers.Dense(6)
        self.dec = keras.layers.Dense(24, activation="relu")
        self.out = keras.layers.Dense(dim)

    def call(self, x):
        return self.out(self.dec(self.code(self.enc(x))))

    def train_step(self, x):
        corrupted = x + tf.random.normal(tf.shape(x), stddev=self.noise)
        with tf.GradientTape() as tape:
            restored = self(corrupted, training=True)
            loss = self.compute_loss(x=corrupted, y=x, y_pred=restored)
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}  # HERE


def main():
    keras.utils.set_random_seed(38)
    hidden = np.random.randn(512, 4)
    data = np.tanh(hidden @ np.random.randn(4, 20) / 2).astype("float32")
    ae = DenoisingAE(20)
    ae.compile(optimizer=keras.optimizers.Adam(5e-3), loss="mse")
    history = ae.fit(data, epochs=8, batch_size=32, verbose=0)
    for epoch, value in enumerate(history.history["loss"], 1):
        print("epoch", epoch, "loss", value)
    print("error on clean data", float(np.mean((ae.predict(data, verbose=0) - data) ** 2)))


if __name__ == "__main__":
    main()
