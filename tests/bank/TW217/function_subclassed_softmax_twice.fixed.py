import numpy as np
import tensorflow as tf


class TextCNN(tf.keras.Model):
    def __init__(self, vocab, classes):
        super().__init__()
        self.emb = tf.keras.layers.Embedding(vocab, 16)
        self.conv = tf.keras.layers.Conv1D(16, 3, activation="relu")
        self.pool = tf.keras.layers.GlobalMaxPooling1D()
        self.fc = tf.keras.layers.Dense(classes)

    def call(self, ids):
        x = self.emb(ids)
        x = self.conv(x)
        x = self.pool(x)
        return tf.nn.softmax(self.fc(x))


rng = np.random.RandomState(83)
tf.random.set_seed(83)
y = rng.randint(0, 4, 400)
ids = rng.randint(8, 50, size=(400, 14))
at = rng.randint(0, 12, 400)
for i in range(400):
    ids[i, at[i]:at[i] + 2] = [2 * y[i], 2 * y[i] + 1]

model = TextCNN(50, 4)
opt = tf.keras.optimizers.Adam(0.01)
scce = tf.keras.losses.SparseCategoricalCrossentropy()


@tf.function
def step(a, b):
    with tf.GradientTape() as tape:
        loss = scce(b, model(a, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((ids, y)).shuffle(400).batch(20).prefetch(tf.data.AUTOTUNE)
for epoch in range(6):
    m = tf.keras.metrics.Mean()
    for a, b in ds:
        m.update_state(step(a, b))
    print("epoch", epoch, "loss", m.result().numpy())
