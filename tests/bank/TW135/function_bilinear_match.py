import tensorflow as tf
import numpy as np
from tensorflow import keras


class BilinearScore(keras.layers.Layer):
    def __init__(self, dim):
        super().__init__()
        self.kernel = tf.random.normal([dim, dim], stddev=0.3)  # HERE

    def call(self, a, b):
        return tf.reduce_sum(tf.matmul(a, self.kernel) * b, axis=1, keepdims=True)


class Matcher(keras.Model):
    def __init__(self):
        super().__init__()
        self.score = BilinearScore(8)
        self.scale = keras.layers.Dense(1)

    def call(self, pair):
        a, b = pair
        return self.scale(self.score(a, b))


rng = np.random.default_rng(28)
tf.random.set_seed(28)
M = rng.normal(size=(8, 8))
left = rng.normal(size=(600, 8)).astype("float32")
right = rng.normal(size=(600, 8)).astype("float32")
match = (np.einsum("ni,ij,nj->n", left, M, right) > 0).astype("float32")[:, None]
ds = tf.data.Dataset.from_tensor_slices((left, right, match)).shuffle(600).batch(50)

matcher = Matcher()
opt = keras.optimizers.Adam(0.03)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
acc = keras.metrics.BinaryAccuracy(threshold=0.0)
avg = keras.metrics.Mean()


@tf.function
def step(a, b, y):
    with tf.GradientTape() as tape:
        logits = matcher((a, b), training=True)
        loss = bce(y, logits)
    grads = tape.gradient(loss, matcher.trainable_variables)
    opt.apply_gradients(zip(grads, matcher.trainable_variables))
    acc.update_state(y, logits)
    avg.update_state(loss)


for epoch in range(12):
    acc.reset_state()
    avg.reset_state()
    for a, b, y in ds:
        step(a, b, y)
    print("epoch {} loss {:.4f} acc {:.3f}".format(epoch, float(avg.result()), float(acc.result())))
