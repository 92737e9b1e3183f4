import numpy as np
import tensorflow as tf
import keras
from keras import layers

VOCAB, LENGTH = 40, 10


def make_corpus(n, rng):
    first = rng.integers(0, VOCAB, size=n)
    step = rng.integers(1, 4, size=n)
    seq = (first[:, None] + step[:, None] * np.arange(LENGTH + 1)) % VOCAB
    return seq[:, :-1].astype("int32"), seq[:, 1:].astype("int32")


def batches(x, y, size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), size):
        yield x[order[i:i + size]], y[order[i:i + size]]


rng = np.random.default_rng(23)
keras.utils.set_random_seed(23)
x, y = make_corpus(480, rng)

lm = keras.Sequential([
    layers.Embedding(VOCAB, 24),
    layers.GRU(32, return_sequences=True),
    layers.Dense(VOCAB),
])
opt = keras.optimizers.Adam(0.01)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
tracker = keras.metrics.Mean()


@tf.function
def update(xb, yb):
    with tf.GradientTape() as tape:
        loss = ce(yb, lm(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, lm.trainable_variables), lm.trainable_variables))
    tracker.update_state(loss)


for epoch in range(10):
    tracker.reset_state()
    train_batches = batches(x, y, 32, rng)
    for xb, yb in train_batches:
        update(xb, yb)
    print(f"epoch {epoch:2d} perplexity {np.exp(float(tracker.result())):.2f}")
