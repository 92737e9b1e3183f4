"""Autoencoder with a sparsity weight that is warmed up over the epochs."""
import numpy as np
import tensorflow as tf
from tensorflow import keras


class SparseAE:
    def __init__(self, dim, hidden):
        self.encoder = keras.Sequential([keras.Input((dim,)), keras.layers.Dense(hidden, activation="relu")])
        self.decoder = keras.Sequential([keras.Input((hidden,)), keras.layers.Dense(dim)])
        self.opt = keras.optimizers.Adam(5e-3)
        self.beta = 0.0

    @tf.function
    def train_batch(self, x):
        variables = self.encoder.trainable_variables + self.decoder.trainable_variables
        with tf.GradientTape() as tape:
            code = self.encoder(x, training=True)
            rec = tf.reduce_mean(tf.square(self.decoder(code, training=True) - x))
            sparsity = tf.reduce_mean(tf.abs(code))
            loss = rec + self.beta * sparsity  # HERE
        grads = tape.gradient(loss, variables)
        self.opt.apply_gradients(zip(grads, variables))
        return rec, sparsity


def main():
    keras.utils.set_random_seed(2)
    t = np.random.randn(450, 4)
    mix = np.random.randn(4, 18) / 2
    x = np.tanh(t @ mix).astype("float32")
    ds = tf.data.Dataset.from_tensor_slices(x).shuffle(450).batch(45)
    model = SparseAE(18, 24)
    n_epochs = 12
    for epoch in range(n_epochs):
        model.beta = 0.1 * epoch / n_epochs  # HERE
        recs, sparse = [], []
        for batch in ds:
            r, s = model.train_batch(batch)
            recs.append(r.numpy())
            sparse.append(s.numpy())
        print(f"epoch {epoch:2d} rec {np.mean(recs):.4f} sparsity {np.mean(sparse):.4f}")


if __name__ == "__main__":
    main()
