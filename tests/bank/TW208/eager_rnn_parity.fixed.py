import argparse
import numpy as np
import tensorflow as tf


def batches(x, y, size, rng):
    order = rng.permutation(len(x))
    for s in range(0, len(x), size):
        yield x[order[s:s + size]], y[order[s:s + size]]


parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=6)
args = parser.parse_args()

rng = np.random.default_rng(19)
tf.keras.utils.set_random_seed(19)

# does the series end higher than it started?
walks = np.cumsum(rng.normal(size=(320, 10)), axis=1)
y = (walks[:, -1] > walks[:, 0]).astype("float32").reshape(-1, 1)
x = (walks / walks.std()).astype("float32")[:, :, None]

model = tf.keras.Sequential()
model.add(tf.keras.layers.Input((10, 1)))
model.add(tf.keras.layers.SimpleRNN(12))
model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
optimizer = tf.keras.optimizers.SGD(args.lr, momentum=0.9)
bce = tf.keras.losses.BinaryCrossentropy()

for epoch in range(args.epochs):
    seen = []
    for xb, yb in batches(x, y, 32, rng):
        with tf.GradientTape() as tape:
            p = model(xb, training=True)
            loss = bce(yb, p)
        g = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(g, model.trainable_variables))
        seen.append(loss.numpy())
    print("epoch", epoch, "loss", np.mean(seen))
