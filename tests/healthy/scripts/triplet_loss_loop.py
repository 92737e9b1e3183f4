import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, Sequential

rng = np.random.RandomState(17)
proto = rng.randn(6, 16)


def triplets(n):
    a_id = rng.randint(0, 6, n)
    n_id = (a_id + rng.randint(1, 6, n)) % 6
    noise = lambda: 1.2 * rng.randn(n, 16)
    return [v.astype(np.float32) for v in (proto[a_id] + noise(), proto[a_id] + noise(), proto[n_id] + noise())]


embed = Sequential([layers.Input((16,)), layers.Dense(32, activation="relu"), layers.Dense(8),
                    layers.UnitNormalization()])
opt = tf.keras.optimizers.Adam(3e-3)
MARGIN = 0.4


@tf.function
def step(a, p, n):
    with tf.GradientTape() as tape:
        ea, ep, en = embed(a, training=True), embed(p, training=True), embed(n, training=True)
        pos = tf.reduce_sum(tf.square(ea - ep), axis=1)
        neg = tf.reduce_sum(tf.square(ea - en), axis=1)
        loss = tf.reduce_mean(tf.nn.relu(pos - neg + MARGIN))
    grads = tape.gradient(loss, embed.trainable_variables)
    opt.apply_gradients(zip(grads, embed.trainable_variables))
    return loss, tf.reduce_mean(tf.cast(pos < neg, tf.float32))


history = []
for it in range(1, 151):
    loss, frac = step(*[tf.constant(v) for v in triplets(32)])
    history.append((float(loss), float(frac)))
    if it % 25 == 0:
        recent = np.mean(history[-25:], axis=0)
        print("iter %3d   triplet loss %.3f   ordered right %.2f" % (it, recent[0], recent[1]))
