"""Next-token model where the output matrix is the embedding table."""
import numpy as np
import tensorflow as tf
import keras

VOCAB, T, D = 24, 12, 24
rng = np.random.default_rng(9)
follow = np.array([rng.permutation(VOCAB)[:2] for _ in range(VOCAB)])


def text(n):
    out = np.zeros((n, T + 1), dtype="int64")
    out[:, 0] = rng.integers(0, VOCAB, n)
    for t in range(T):
        out[:, t + 1] = follow[out[:, t], rng.integers(0, 2, n)]
    return out


class TiedLM(keras.Model):
    def __init__(self):
        super().__init__()
        self.emb = keras.layers.Embedding(VOCAB, D, embeddings_initializer="glorot_uniform")
        self.rnn = keras.layers.GRU(D, return_sequences=True)
        self.bias = self.add_weight(shape=(VOCAB,), initializer="zeros", name="out_bias")

    def call(self, tokens):
        h = self.rnn(self.emb(tokens))
        return tf.matmul(h, self.emb.embeddings, transpose_b=True) + self.bias


corpus = text(400)
train = tf.data.Dataset.from_tensor_slices((corpus[:, :-1], corpus[:, 1:])).shuffle(400).batch(16)
lm = TiedLM()
opt = keras.optimizers.Adam(0.01)
ce = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = ce(y, lm(x, training=True))
    v = lm.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, v), v))
    return loss


for epoch in range(8):
    ls = [train_step(x, y).numpy() for x, y in train]
    print(f"epoch {epoch}: perplexity {np.exp(np.mean(ls)):.2f} (best possible 2.0)")
