import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow import keras


class Run:
    def __init__(self, seed):
        keras.utils.set_random_seed(seed)
        self.model = keras.Sequential([
            keras.layers.Input((14, 2)),
            keras.layers.Conv1D(12, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(3),
        ])
        rate = keras.optimizers.schedules.CosineDecay(0.05, 150)
        self.opt = keras.optimizers.SGD(rate, momentum=0.9)
        self.loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            value = self.loss(y, self.model(x, training=True))
        grads = tape.gradient(value, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        return value

    def epochs(self, ds, n):
        for _ in range(n):
            values = [float(self.step(a, b)) for a, b in ds]
            print(f"iteration {int(self.opt.iterations):4d}  loss {np.mean(values):.4f}")

    def save(self, path):
        self.model.save_weights(path + ".weights.h5")  # HERE

    def load(self, path):
        self.model.load_weights(path + ".weights.h5")  # HERE


rng = np.random.default_rng(66)
labels = rng.integers(0, 3, 450)
signal = rng.normal(0, 0.6, (450, 14, 2))
signal[..., 0] += np.sin(np.arange(14)[None] * (0.4 + 0.5 * labels[:, None]))
ds = tf.data.Dataset.from_tensor_slices((signal.astype("float32"), labels)).shuffle(450).batch(45)

where = os.path.join(tempfile.mkdtemp(), "run")
first = Run(66)
first.epochs(ds, 9)
first.save(where)
second = Run(67)
second.load(where)
print("-- resumed")
second.epochs(ds, 6)
