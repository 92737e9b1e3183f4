import tensorflow as tf
import numpy as np
from tensorflow.keras.layers import Embedding, LSTM, Dense, Input


def sequences(n, vocab=30, length=8, seed=0):
    r = np.random.RandomState(seed)
    x = r.randint(1, vocab, size=(n, length))
    y = (x[:, :4].sum(1) > x[:, 4:].sum(1)).astype(int)
    return x, y


class Classifier:
    def __init__(self, vocab):
        self.model = tf.keras.Sequential([
            Input((8,)),
            Embedding(vocab, 8, name="emb"),
            LSTM(12),
            Dense(2, activation="softmax"),
        ])

    def compile(self):
        self.model.compile(optimizer=tf.keras.optimizers.Adam(0.01),
                           loss="sparse_categorical_crossentropy", metrics=["accuracy"])

    def freeze(self, name):
        self.model.get_layer(name).trainable = False  # HERE

    def fit(self, x, y, epochs):
        h = self.model.fit(x, y, batch_size=25, epochs=epochs, verbose=0)
        for l, a in zip(h.history["loss"], h.history["accuracy"]):
            print("loss %.4f acc %.3f" % (l, a))


if __name__ == "__main__":
    tf.keras.utils.set_random_seed(2)
    x, y = sequences(400)
    c = Classifier(30)
    c.compile()
    c.fit(x, y, epochs=4)
    before = c.model.get_layer("emb").get_weights()[0].copy()
    print("keep the word vectors, adapt the rest to newer texts")
    c.freeze("emb")
    x2, y2 = sequences(400, seed=1)
    c.fit(x2, y2, epochs=3)  # HERE
    after = c.model.get_layer("emb").get_weights()[0]
    print("word vectors moved by", np.abs(after - before).max())
