import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(99)


class Toys(tf.keras.utils.PyDataset):
    """Serves shuffled batches."""

    def __init__(self, x, y, batch_size, **kw):
        super().__init__(**kw)
        self.x, self.y, self.batch_size = x, y, batch_size
        self.on_epoch_end()

    def on_epoch_end(self):
        p = np.random.permutation(len(self.x))
        self.x = self.x[p]
        self.y = self.y[p]

    def __len__(self):
        return len(self.x) // self.batch_size

    def __getitem__(self, i):
        s = slice(i * self.batch_size, (i + 1) * self.batch_size)
        return self.x[s], self.y[s]


x = np.random.uniform(-1, 1, (400, 2)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")        # xor

model = tf.keras.Sequential([
    tf.keras.layers.Input((2,)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate.assign(0.01)
model.fit(Toys(x, y, 20), epochs=8, verbose=2)
