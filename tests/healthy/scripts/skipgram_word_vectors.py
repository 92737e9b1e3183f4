"""word2vec with negative sampling on a toy corpus."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

rng = np.random.default_rng(3)
TOPICS = [range(0, 6), range(6, 12), range(12, 18)]
V = 18
targets, contexts, labels = [], [], []
for _ in range(700):
    topic = TOPICS[rng.integers(3)]
    w, c = rng.choice(list(topic), 2, replace=False)
    targets += [w, w]
    contexts += [c, rng.integers(0, V)]
    labels += [1.0, 0.0]
dataset = tf.data.Dataset.from_tensor_slices(((np.array(targets), np.array(contexts)), np.array(labels, "float32")))
dataset = dataset.shuffle(1400).batch(50, drop_remainder=True).cache().prefetch(buffer_size=tf.data.AUTOTUNE)


class Word2Vec(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim):
        super().__init__()
        self.target_embedding = layers.Embedding(vocab_size, embedding_dim, embeddings_initializer="glorot_uniform", name="w2v_embedding")
        self.context_embedding = layers.Embedding(vocab_size, embedding_dim, embeddings_initializer="glorot_uniform")

    def call(self, pair):
        target, context = pair
        word_emb = self.target_embedding(target)
        context_emb = self.context_embedding(context)
        return tf.einsum("be,be->b", word_emb, context_emb)


word2vec = Word2Vec(V, 12)
word2vec.compile(optimizer=tf.keras.optimizers.Adam(0.03), loss=tf.keras.losses.BinaryCrossentropy(from_logits=True))
word2vec.fit(dataset, epochs=10, verbose=2)
e = word2vec.target_embedding.get_weights()[0]
e = e / np.linalg.norm(e, axis=1, keepdims=True)
print("cosine same topic %.2f, other topic %.2f" % ((e[:6] @ e[:6].T).mean(), (e[:6] @ e[6:].T).mean()))
