import keras
import numpy as np
import tensorflow as tf


class TwoSpeed(keras.Model):
    """The embedding learns faster than the rest."""

    def __init__(self, vocab):
        super().__init__()
        self.emb = keras.layers.Embedding(vocab, 12)
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.head = keras.layers.Dense(1, activation="sigmoid")
        self.fast = keras.optimizers.Adam(0.05)

    def call(self, x):
        return self.head(self.pool(self.emb(x)))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape(persistent=True) as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred)
        emb_vars = self.emb.trainable_variables
        head_vars = self.head.trainable_variables
        self.fast.apply_gradients(zip(tape.gradient(loss, emb_vars), emb_vars))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, head_vars), head_vars))
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
            else:
                m.update_state(y, y_pred)
        return self.get_metrics_result()


keras.utils.set_random_seed(8)
words = np.random.randint(0, 30, (400, 12))
label = ((words < 10).sum(1) > (words > 19).sum(1)).astype("float32")[:, None]
model = TwoSpeed(30)
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(words, label, epochs=6, batch_size=32, verbose=2)
