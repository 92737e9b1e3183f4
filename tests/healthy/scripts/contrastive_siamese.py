"""Siamese network on pairs, contrastive loss, shared encoder."""
import random
import numpy as np
import keras
from keras import layers, ops

random.seed(11)
np.random.seed(11)
keras.utils.set_random_seed(11)
centers = np.random.randn(5, 8) * 1.5
ids = np.random.randint(0, 5, 200)
obs = (centers[ids] + 0.6 * np.random.randn(200, 8)).astype("float32")


def make_pairs(x, y):
    groups = [np.where(y == i)[0] for i in range(5)]
    pairs, labels = [], []
    for i in range(len(x)):
        j = random.choice(groups[y[i]])
        pairs.append((x[i], x[j]))
        labels.append(0.0)
        other = random.choice([c for c in range(5) if c != y[i]])
        pairs.append((x[i], x[random.choice(groups[other])]))
        labels.append(1.0)
    return np.array(pairs), np.array(labels, "float32").reshape(-1, 1)


pairs, lab = make_pairs(obs, ids)
encoder = keras.Sequential([layers.Input((8,)), layers.Dense(24, activation="tanh"), layers.Dense(6)])
i1, i2 = layers.Input((8,)), layers.Input((8,))


def euclidean(vects):
    a, b = vects
    return ops.sqrt(ops.maximum(ops.sum(ops.square(a - b), axis=1, keepdims=True), 1e-7))


distance = layers.Lambda(euclidean, output_shape=(1,))([encoder(i1), encoder(i2)])
siamese = keras.Model([i1, i2], distance)


def contrastive(y_true, y_pred, margin=2.0):
    return ops.mean((1 - y_true) * ops.square(y_pred) + y_true * ops.square(ops.maximum(margin - y_pred, 0)))


siamese.compile(loss=contrastive, optimizer=keras.optimizers.RMSprop(3e-3))
siamese.fit([pairs[:, 0], pairs[:, 1]], lab, batch_size=20, epochs=8, verbose=2)
d = siamese.predict([pairs[:, 0], pairs[:, 1]], verbose=0)
print("same:", d[lab == 0].mean(), "different:", d[lab == 1].mean())
