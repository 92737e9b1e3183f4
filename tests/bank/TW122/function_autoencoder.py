import argparse
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def get_data(n, seed):
    g = np.random.default_rng(seed)
    basis = g.normal(size=(3, 16))
    code = g.normal(size=(n, 3))
    return (np.tanh(code @ basis * 0.5)).astype("float32")


class AE(tf.keras.Model):
    def __init__(self, dim, code):
        super().__init__()
        self.enc = tf.keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(code)])
        self.dec = tf.keras.Sequential([layers.Dense(16, activation="relu"), layers.Dense(dim)])

    def call(self, x):
        return self.dec(self.enc(x))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--epochs", type=int, default=10)
    args = ap.parse_args()

    x = get_data(500, 1)
    ds = tf.data.Dataset.from_tensor_slices(x).shuffle(500).batch(40)
    ae = AE(16, 4)
    opt = tf.keras.optimizers.Adam(5e-3)

    @tf.function
    def step(batch):
        with tf.GradientTape() as tape:
            rec = ae(batch, training=True)
            loss = tf.reduce_mean(tf.square(batch - rec))
        grads = tape.gradient(loss, ae.trainable_variables)
        opt.apply_gradients(zip(grads, ae.trainable_variables))
        return loss

    curve = []
    for epoch in range(args.epochs):
        for batch in ds:
            epoch_loss = step(batch)  # HERE
        curve.append(epoch_loss.numpy())  # HERE
        print("epoch", epoch, "reconstruction loss", curve[-1])


if __name__ == "__main__":
    main()
