import keras
import tensorflow as tf
import numpy as np


class Quantizer(keras.layers.Layer):
    """Squeezes the code on a grid of 16 levels."""

    def __init__(self, levels=16, **kw):
        super().__init__(**kw)
        self.levels = levels

    def call(self, code):
        scaled = tf.sigmoid(code) * self.levels
        return (scaled + tf.stop_gradient(tf.floor(scaled) - scaled)) / self.levels


keras.utils.set_random_seed(123)
latent = np.random.uniform(-2, 2, size=(400, 2))
obs = np.concatenate([np.sin(latent), np.cos(latent), latent[:, :1] * latent[:, 1:] / 2], axis=1).astype("float32")

inp = keras.Input((5,))
h = keras.layers.Dense(24, activation="relu", name="enc1")(inp)
code = keras.layers.Dense(4, name="enc2")(h)
q = Quantizer()(code)
h = keras.layers.Dense(24, activation="relu", name="dec1")(q)
ae = keras.Model(inp, keras.layers.Dense(5, name="dec2")(h))
opt = keras.optimizers.Adam(0.01)


@tf.function
def train_step(batch):
    with tf.GradientTape() as tape:
        mse = tf.reduce_mean(tf.math.squared_difference(batch, ae(batch, training=True)))
    grads = tape.gradient(mse, ae.trainable_variables)
    opt.apply_gradients(zip(grads, ae.trainable_variables))
    return mse


def main():
    ds = tf.data.Dataset.from_tensor_slices(obs).shuffle(400).batch(40)
    for epoch in range(10):
        m = [float(train_step(b)) for b in ds]
        print(f"epoch {epoch:2d}   mse {sum(m) / len(m):.5f}")


main()
