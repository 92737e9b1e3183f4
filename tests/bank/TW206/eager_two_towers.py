"""Do two users match? Two towers over their profiles, a dot product on top."""
import numpy as np
import tensorflow as tf
from tensorflow import keras


def tower(name):
    return keras.Sequential([
        keras.layers.Dense(24, activation="relu"),
        keras.layers.Dense(8),
    ], name=name)


class Matcher(keras.Model):
    def __init__(self):
        super().__init__()
        self.left = tower("left")
        self.right = tower("right")

    def call(self, pair):
        a, b = pair
        return tf.reduce_sum(self.left(a) * self.right(b), axis=-1, keepdims=True)  # HERE


def profiles(n=480, seed=9):
    rng = np.random.default_rng(seed)
    a = rng.normal(size=(n, 5)).astype("float32")
    b = rng.normal(size=(n, 5)).astype("float32")
    match = (a[:, 0] * b[:, 0] + 0.5 * a[:, 1] > 0).astype("float32").reshape(-1, 1)
    return a, b, match


def main():
    tf.random.set_seed(9)
    a, b, match = profiles()
    ds = tf.data.Dataset.from_tensor_slices((a, b, match)).shuffle(480).batch(24)
    model = Matcher()
    opt = keras.optimizers.Adam(0.005)
    bce = keras.losses.BinaryCrossentropy()  # HERE
    for epoch in range(7):
        values = []
        for xa, xb, m in ds:
            with tf.GradientTape() as tape:
                score = model((xa, xb))
                loss = bce(m, score)
            grads = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(grads, model.trainable_variables))
            values.append(float(loss))
        print(f"{epoch:2d} {np.mean(values):.4f}")


if __name__ == "__main__":
    main()
