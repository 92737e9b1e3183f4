import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers


class Net(Model):
    def __init__(self):
        super().__init__()
        self.fc1 = layers.Dense(24)
        self.fc2 = layers.Dense(24)
        self.fc3 = layers.Dense(3)

    def call(self, x):
        h = np.maximum(self.fc1(x), 0.0)  # HERE
        h = tf.nn.relu(self.fc2(h))
        return self.fc3(h)


def spirals(n_per_class, classes, seed):
    r = np.random.RandomState(seed)
    xs, ys = [], []
    for c in range(classes):
        radius = np.linspace(0.1, 1.5, n_per_class)
        angle = np.linspace(c * 2.1, c * 2.1 + 2.5, n_per_class) + 0.1 * r.randn(n_per_class)
        xs.append(np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1))
        ys += [c] * n_per_class
    xs, ys = np.concatenate(xs).astype('float32'), np.array(ys)
    perm = r.permutation(len(ys))
    return xs[perm], ys[perm]


x, y = spirals(100, 3, seed=4)
net = Net()
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
adam = tf.keras.optimizers.Adam(0.02)
for step in range(80):
    with tf.GradientTape() as tape:
        loss = ce(y, net(x, training=True))
    grads = tape.gradient(loss, net.trainable_variables)
    adam.apply_gradients(zip(grads, net.trainable_variables))
    if (step + 1) % 20 == 0:
        print('step', step + 1, 'loss', loss.numpy())
