"""Tiny CNN on made-up 8x8 glyphs, one-hot labels."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models, losses, optimizers, metrics

rng = np.random.default_rng(7)
CLASSES = 4
glyphs = rng.normal(size=(CLASSES, 8, 8, 1))
labels = rng.integers(0, CLASSES, size=480)
images = (glyphs[labels] + 0.7 * rng.normal(size=(480, 8, 8, 1))).astype(np.float32)
onehot = tf.one_hot(labels, CLASSES)

train_ds = tf.data.Dataset.from_tensor_slices((images[:400], onehot[:400])).shuffle(400).batch(32)
test_x, test_y = images[400:], labels[400:]


def build():
    inp = layers.Input((8, 8, 1))
    h = layers.Conv2D(8, 3, activation="relu")(inp)
    h = layers.Conv2D(16, 3, activation="relu")(h)
    h = layers.Flatten()(h)
    out = layers.Dense(CLASSES, activation="softmax")(h)
    return models.Model(inp, out)


net = build()
opt = optimizers.Adam(2e-3)
cce = losses.CategoricalCrossentropy()
train_loss = metrics.Mean(name="train_loss")


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        probs = net(x, training=True)
        loss = cce(y_true=probs, y_pred=y)  # HERE
    g = tape.gradient(loss, net.trainable_weights)
    opt.apply_gradients(zip(g, net.trainable_weights))
    train_loss(loss)


for ep in range(6):
    train_loss.reset_state()
    for x, y in train_ds:
        train_step(x, y)
    pred = np.argmax(net(test_x, training=False), axis=1)
    print(f"epoch {ep}: loss={train_loss.result():.4f} test_acc={np.mean(pred == test_y):.3f}")
