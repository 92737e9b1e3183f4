"""horizontal vs vertical bars, custom loop"""
import random
import numpy as np
import tensorflow as tf
import keras


def bars(n, rng):
    imgs, labels = [], []
    for _ in range(n):
        im = rng.normal(0, 0.2, (10, 10, 1))
        k = int(rng.integers(0, 2))
        p = int(rng.integers(1, 8))
        if k:
            im[p:p + 2, :, 0] += 1.0
        else:
            im[:, p:p + 2, 0] += 1.0
        imgs.append(im.astype("float32"))
        labels.append(k)
    return imgs, labels


rng = np.random.default_rng(14)
random.seed(14)
keras.utils.set_random_seed(14)
imgs, labels = bars(320, rng)

net = keras.Sequential([
    keras.layers.Input((10, 10, 1)),
    keras.layers.Conv2D(8, 3, activation="relu"),
    keras.layers.MaxPool2D(2),
    keras.layers.Flatten(),
    keras.layers.Dense(1),
])
bce = keras.losses.BinaryCrossentropy(from_logits=True)
optim = keras.optimizers.Adam(0.005)

for epoch in range(5):
    both = list(zip(imgs, labels))
    random.shuffle(both)
    imgs, labels = zip(*both)
    x = np.stack(imgs)
    y = np.array(labels, dtype="float32")[:, None]
    hits = 0
    losses = []
    for i in range(0, 320, 32):
        xb, yb = x[i:i + 32], y[i:i + 32]
        with tf.GradientTape() as tape:
            logits = net(xb, training=True)
            loss = bce(yb, logits)
        grads = tape.gradient(loss, net.trainable_weights)
        optim.apply_gradients(zip(grads, net.trainable_weights))
        losses.append(float(loss))
        hits += int(((logits.numpy() > 0) == (yb > 0.5)).sum())
    print(f"epoch {epoch + 1}: loss={np.mean(losses):.4f} acc={hits / 320:.3f}")
