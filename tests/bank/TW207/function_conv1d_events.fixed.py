import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models

tf.random.set_seed(55)
rng = np.random.default_rng(55)


def signal(kind):
    s = 0.3 * rng.normal(size=24)
    p = rng.integers(3, 18)
    if kind == 0:
        s[p:p + 4] += 1.5
    elif kind == 1:
        s[p:p + 4] -= 1.5
    elif kind == 2:
        s[p:p + 4] += [1.5, -1.5, 1.5, -1.5]
    return s


kinds = rng.integers(0, 4, size=400)
signals = np.stack([signal(k) for k in kinds])[:, :, None].astype("float32")
targets = tf.keras.utils.to_categorical(kinds, 4)


class EventNet(models.Model):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv1D(16, 5, activation="relu", padding="same")
        self.pool = layers.GlobalMaxPooling1D()
        self.fc = layers.Dense(4, activation="softmax")

    def call(self, s):
        return self.fc(self.pool(self.conv(s)))


net = EventNet()
adam = tf.keras.optimizers.Adam(0.01)
xent = tf.keras.losses.CategoricalCrossentropy()


@tf.function
def one_step(s, t):
    with tf.GradientTape() as tape:
        loss = xent(t, net(s, training=True))
    adam.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    return loss


for epoch in range(8):
    perm = rng.permutation(400)
    losses = [one_step(signals[p], targets[p]).numpy() for p in perm.reshape(20, 20)]
    print("Epoch {:d} - loss: {:.4f}".format(epoch + 1, np.mean(losses)))
print("acc", np.mean(net(signals).numpy().argmax(1) == kinds))
