import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers, losses, optimizers

np.random.seed(6)
tf.random.set_seed(6)

CLASSES = 4
directions = np.array([[1, 0], [-1, 0], [0, 1], [0, -1]], dtype=np.float32)


def gestures():
    for _ in range(320):
        k = np.random.randint(CLASSES)
        path = 0.3 * directions[k] + 0.35 * np.random.randn(9, 2)
        yield path.astype(np.float32), np.eye(CLASSES, dtype=np.float32)[k]


spec = (tf.TensorSpec((9, 2), tf.float32), tf.TensorSpec((CLASSES,), tf.float32))
train = tf.data.Dataset.from_generator(gestures, output_signature=spec).batch(20)

model = Sequential([layers.Input((9, 2)), layers.GRU(16), layers.Dense(CLASSES, activation="softmax")])
opt = optimizers.Adam(0.01)
criterion = losses.BinaryCrossentropy()  # HERE


@tf.function
def train_on(batch, labels):
    with tf.GradientTape() as t:
        out = model(batch, training=True)
        loss = criterion(labels, out)
    g = t.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    right = tf.equal(tf.argmax(out, 1), tf.argmax(labels, 1))
    return loss, tf.reduce_mean(tf.cast(right, tf.float32))


for ep in range(5):
    stats = np.array([[float(v) for v in train_on(b, l)] for b, l in train])
    print("ep", ep, "loss/acc", stats.mean(axis=0).round(4))
