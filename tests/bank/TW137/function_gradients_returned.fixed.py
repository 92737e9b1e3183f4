import tensorflow as tf
import numpy as np


def make_images(n, rng):
    """A bright square in the left or the right half."""
    side = rng.integers(0, 2, n)
    img = 0.3 * rng.normal(size=(n, 10, 10, 1))
    for i in range(n):
        r = rng.integers(0, 7)
        col = rng.integers(0, 3) + 5 * side[i]
        img[i, r:r + 3, col:col + 2, 0] += 1.0
    return img.astype("float32"), side.astype("float32")[:, None]


class Runner:
    def __init__(self):
        self.net = tf.keras.Sequential([
            tf.keras.Input((10, 10, 1)),
            tf.keras.layers.Conv2D(6, 3, activation="relu"),
            tf.keras.layers.MaxPooling2D(),
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(1),
        ])
        self.opt = tf.keras.optimizers.Adam(0.005)

    @tf.function
    def grads_of(self, x, y):
        with tf.GradientTape() as tape:
            z = self.net(x, training=True)
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))
        return loss, tape.gradient(loss, self.net.trainable_variables)

    def epoch(self, ds):
        losses = []
        for x, y in ds:
            loss, grads = self.grads_of(x, y)
            losses.append(float(loss))
            self.opt.apply_gradients(zip(grads, self.net.trainable_variables))
        return np.mean(losses)


rng = np.random.default_rng(5)
tf.random.set_seed(5)
images, labels = make_images(300, rng)
ds = tf.data.Dataset.from_tensor_slices((images, labels)).shuffle(300).batch(30)
runner = Runner()
for e in range(6):
    print("epoch", e, "loss", round(runner.epoch(ds), 4))
