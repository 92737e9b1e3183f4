import tensorflow as tf
import keras
import numpy as np


class Linear(keras.layers.Layer):
    def __init__(self, units=32, input_dim=32):
        super().__init__()
        w_init = keras.initializers.RandomNormal(stddev=0.1)
        self.w = self.add_weight(shape=(input_dim, units), initializer=w_init, trainable=True)
        self.b = self.add_weight(shape=(units,), initializer="zeros", trainable=True)

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b


class MLP(keras.Model):
    def __init__(self):
        super().__init__()
        self.l1 = Linear(16, 2)
        self.l2 = Linear(16, 16)
        self.l3 = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        x = tf.nn.relu(self.l1(x))
        x = tf.nn.relu(self.l2(x))
        return self.l3(x)


keras.utils.set_random_seed(18)
gen = np.random.default_rng(18)
pts = gen.uniform(-1.5, 1.5, (500, 2)).astype("float32")
inside = (np.hypot(pts[:, 0], pts[:, 1]) < 1.0).astype("float32")[:, None]

mlp = MLP()
mlp.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy", metrics=["accuracy"])
mlp.fit(pts, inside, epochs=12, batch_size=25, verbose=2)
print("trainable:", len(mlp.trainable_weights))
