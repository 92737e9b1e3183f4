import tensorflow as tf
import numpy as np

rng = np.random.default_rng(11)
SEQ, FEATS = 10, 3
seqs = rng.standard_normal((300, SEQ, FEATS)).astype(np.float32)
target = seqs[:, -3:, 0].sum(axis=1, keepdims=True).astype(np.float32)


class Trainer:
    def __init__(self, lr=0.01):
        inp = tf.keras.Input((SEQ, FEATS))
        h = tf.keras.layers.LSTM(12)(inp)
        out = tf.keras.layers.Dense(1)(h)
        self.model = tf.keras.Model(inp, out)
        self.opt = tf.keras.optimizers.RMSprop(lr)

    @tf.function
    def step(self, xb, yb):
        with tf.GradientTape() as t:
            err = self.model(xb, training=True) - yb
            mse = tf.reduce_mean(err * err)
        g = t.gradient(mse, self.model.trainable_variables)
        self.opt.apply_gradients(zip(g, self.model.trainable_variables))
        return mse, tf.linalg.global_norm(g)

    def run(self, epochs=6, bs=30):
        for e in range(epochs):
            order = rng.permutation(len(seqs))
            losses, norms = [], []
            for i in range(0, len(seqs), bs):
                idx = order[i:i + bs]
                l, n = self.step(tf.constant(seqs[idx]), tf.constant(target[idx]))
                losses.append(float(l))
                norms.append(float(n))
            print("epoch %d  mse=%.4f  |g|=%.3f" % (e, np.mean(losses), np.mean(norms)))


Trainer().run()
