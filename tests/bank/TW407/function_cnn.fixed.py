import numpy as np
import keras
import tensorflow as tf


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv = keras.layers.Conv1D(8, 3, activation="relu")
        self.pool = keras.layers.GlobalAveragePooling1D()
        self.fc = keras.layers.Dense(1)

    def call(self, x):
        return self.fc(self.pool(self.conv(x)))


def freeze_features(net):
    for layer in net.layers:
        layer.trainable = layer is net.fc


def main():
    keras.utils.set_random_seed(31)
    r = np.random.default_rng(31)
    x = r.normal(size=(320, 20, 2)).astype("float32")
    x += r.normal(size=(320, 1, 2)).astype("float32")
    y = x.mean(axis=1)[:, :1] * 1.5

    net = Net()
    net(x[:1])
    freeze_features(net)
    opt = keras.optimizers.Adam(0.05)

    @tf.function
    def step(a, b):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(a, training=True) - b) ** 2)
        g = tape.gradient(loss, net.trainable_variables)
        opt.apply(g, net.trainable_variables)
        return loss

    for epoch in range(8):
        p = r.permutation(320)
        ls = [step(x[p[i:i + 32]], y[p[i:i + 32]]) for i in range(0, 320, 32)]
        print(f"{epoch}: {np.mean(ls):.4f}")


if __name__ == "__main__":
    main()
