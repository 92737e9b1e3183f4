import tensorflow as tf
import numpy as np

keras = tf.keras
rng = np.random.default_rng(46)


class SentimentNet(keras.Model):
    def __init__(self, vocab):
        super().__init__()
        self.embed = keras.layers.Embedding(vocab, 12)
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.logit = keras.layers.Dense(1)
        self.bce = keras.losses.BinaryCrossentropy(from_logits=True)
        self.loss_avg = keras.metrics.Mean(name="loss")
        self.acc_avg = keras.metrics.Mean(name="acc")

    def call(self, tokens):
        return self.logit(self.pool(self.embed(tokens)))

    @property
    def metrics(self):
        return [self.loss_avg, self.acc_avg]

    def train_step(self, data):
        tokens, y = data
        with tf.GradientTape() as tape:
            z = self(tokens, training=True)
            loss = self.bce(y, z)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        acc = tf.reduce_mean(tf.cast(tf.equal(y > 0.5, z > 0.0), tf.float32))
        self.loss_avg.update_state(loss)
        self.acc_avg.update_state(acc)
        return {"loss": self.loss_avg.result(), "acc": self.acc_avg.result()}


docs = rng.integers(0, 25, (400, 9))
positive = (docs < 8).sum(1) >= 3
target = positive.astype("float32")[:, None]
net = SentimentNet(25)
net.compile(optimizer=keras.optimizers.Adam(0.05))
net.fit(docs, target, epochs=8, batch_size=40, verbose=2)
guess = net.predict(docs, verbose=0) > 0
print("share right:", np.mean(guess[:, 0] == positive))
