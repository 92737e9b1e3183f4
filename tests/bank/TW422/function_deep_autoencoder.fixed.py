import tensorflow as tf
import numpy as np


def block(units, name):
    return tf.keras.layers.Dense(units, activation="elu", kernel_initializer="he_normal", name=name)


class DeepAE(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.enc = tf.keras.Sequential([block(u, f"enc{u}") for u in (48, 32, 16, 4)])
        self.dec = tf.keras.Sequential([block(u, f"dec{u}") for u in (16, 32, 48)] + [tf.keras.layers.Dense(12)])

    def call(self, x):
        return self.dec(self.enc(x))


rng = np.random.RandomState(12)
tf.random.set_seed(12)
codes = rng.randn(500, 3)
data = np.tanh(codes @ rng.randn(3, 12)).astype("float32")
ae = DeepAE()
optim = tf.keras.optimizers.SGD(learning_rate=0.02, momentum=0.9)


@tf.function
def fit_batch(batch):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.math.squared_difference(ae(batch, training=True), batch))
    grads = tape.gradient(loss, ae.trainable_variables)
    optim.apply_gradients(zip(grads, ae.trainable_variables))
    return loss


if __name__ == "__main__":
    ds = tf.data.Dataset.from_tensor_slices(data).shuffle(500).batch(25)
    for epoch in range(20):
        mean = np.mean([fit_batch(b).numpy() for b in ds])
        if epoch % 4 == 3:
            print("epoch", epoch + 1, "mse", mean, "variance", data.var())
