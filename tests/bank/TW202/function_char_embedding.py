"""Guess the language family of made-up words from their letters."""
import argparse

import numpy as np
import tensorflow as tf
from tensorflow import keras

VOWELS = "aeiou"
CONSONANTS = "bdgklmnprst"


def word(kind, rng):
    pick = lambda s: s[rng.integers(len(s))]
    if kind == 0:
        return "".join(pick(CONSONANTS) + pick(VOWELS) for _ in range(3))
    if kind == 1:
        return "".join(pick(VOWELS) + pick(VOWELS) + pick(CONSONANTS) for _ in range(2))
    return "".join(pick(CONSONANTS) for _ in range(6))


def build(vocab):
    letters = keras.Input(shape=(6,), dtype="int32")
    h = keras.layers.Embedding(vocab, 8)(letters)
    h = keras.layers.Flatten()(h)
    h = keras.layers.Dense(24, activation="relu")(h)
    return keras.Model(letters, keras.layers.Dense(3, activation="softmax")(h))  # HERE


def main(epochs):
    keras.utils.set_random_seed(5)
    rng = np.random.default_rng(5)
    kinds = rng.integers(0, 3, size=480)
    alphabet = {c: i for i, c in enumerate(VOWELS + CONSONANTS)}
    ids = np.array([[alphabet[c] for c in word(k, rng)] for k in kinds], dtype="int32")
    data = tf.data.Dataset.from_tensor_slices((ids, kinds.astype("int32")))
    data = data.shuffle(480, seed=5).batch(24)

    model = build(len(alphabet))
    optimizer = keras.optimizers.Adam(2e-3)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            scores = model(x, training=True)
            per_example = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=scores)  # HERE
            loss = tf.reduce_mean(per_example)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    for epoch in range(epochs):
        epoch_loss = [float(step(x, y)) for x, y in data]
        print(f"[{epoch + 1}/{epochs}] {sum(epoch_loss) / len(epoch_loss):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=8)
    main(parser.parse_args().epochs)
