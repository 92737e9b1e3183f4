import tensorflow as tf
import numpy as np
from tensorflow.keras import layers


class TokenAndPosition(layers.Layer):
    def __init__(self, maxlen, vocab, dim):
        super().__init__()
        self.tok = layers.Embedding(vocab, dim)
        self.pos = self.add_weight(shape=(maxlen, dim), initializer="random_normal", name="pos")

    def call(self, ids):
        return self.tok(ids) * (1.0 + self.pos)


class TextModel(tf.keras.Model):
    def __init__(self, maxlen, vocab):
        super().__init__()
        self.embed = TokenAndPosition(maxlen, vocab, 8)
        self.pool = layers.GlobalAveragePooling1D()
        self.out = layers.Dense(1)

    def call(self, ids):
        return self.out(self.pool(self.embed(ids)))


MAXLEN, VOCAB = 10, 12
np.random.seed(0)
tf.random.set_seed(0)
ids = np.random.randint(0, VOCAB, size=(500, MAXLEN))
# does the first half hold more high tokens than the second?
high = (ids >= VOCAB // 2).astype(int)
target = (high[:, :5].sum(1) - high[:, 5:].sum(1)).astype("float32")[:, None]

model = TextModel(MAXLEN, VOCAB)
optimizer = tf.keras.optimizers.Adam(0.03)
train = tf.data.Dataset.from_tensor_slices((ids, target)).shuffle(500).batch(25)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(12):
    m = tf.keras.metrics.Mean()
    for x, y in train:
        m.update_state(train_step(x, y))
    if epoch % 3 == 2:
        print(f"Epoch {epoch + 1:2d}: mse {m.result().numpy():.4f}")
