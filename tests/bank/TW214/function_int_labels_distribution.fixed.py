import numpy as np
import tensorflow as tf


class Bag(tf.keras.Model):
    def __init__(self, vocab, classes):
        super().__init__()
        self.emb = tf.keras.layers.Embedding(vocab, 12)
        self.pool = tf.keras.layers.GlobalAveragePooling1D()
        self.out = tf.keras.layers.Dense(classes, activation="softmax")

    def call(self, ids):
        return self.out(self.pool(self.emb(ids)))


def make(n=300, seed=61):
    rng = np.random.default_rng(seed)
    topic = rng.integers(0, 3, n)
    ids = rng.integers(0, 10, size=(n, 8)) + 10 * topic[:, None]
    noise = rng.random((n, 8)) < 0.4
    ids[noise] = rng.integers(0, 30, noise.sum())
    return ids.astype("int32"), topic.astype("int32")


def main():
    tf.keras.utils.set_random_seed(61)
    ids, topic = make()
    model = Bag(30, 3)
    opt = tf.keras.optimizers.Adam(0.02)
    loss_object = tf.keras.losses.SparseCategoricalCrossentropy()

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_object(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    data = tf.data.Dataset.from_tensor_slices((ids, topic)).shuffle(300).batch(20)
    for epoch in range(8):
        values = [float(train_step(x, y)) for x, y in data]
        print(epoch, sum(values) / len(values))


if __name__ == "__main__":
    main()
