import tensorflow as tf
import numpy as np


class Net(tf.keras.Model):
    def __init__(self, n_classes):
        super().__init__()
        self.h1 = tf.keras.layers.Dense(64, activation="relu")
        self.h2 = tf.keras.layers.Dense(64, activation="relu")
        self.out = tf.keras.layers.Dense(n_classes)

    def call(self, x):
        return self.out(self.h2(self.h1(x)))


def spirals(n_per_class=150, classes=3, seed=1):
    rng = np.random.default_rng(seed)
    xs, ys = [], []
    for c in range(classes):
        r = np.linspace(0.1, 1.5, n_per_class)
        t = np.linspace(c * 2.1, c * 2.1 + 2.5, n_per_class) + rng.normal(0, 0.1, n_per_class)
        xs.append(np.c_[r * np.sin(t), r * np.cos(t)])
        ys.append(np.full(n_per_class, c))
    return np.concatenate(xs).astype("float32"), np.concatenate(ys).astype("int64")


def main():
    tf.random.set_seed(7)
    x, y = spirals()
    ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(450, seed=7).batch(32)

    net = Net(3)
    loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    opt = tf.keras.optimizers.Adam(0.01)
    train_loss = tf.keras.metrics.Mean()
    train_acc = tf.keras.metrics.SparseCategoricalAccuracy()

    @tf.function
    def train_step(xb, yb):
        with tf.GradientTape() as tape:
            logits = net(xb, training=True)
            loss = loss_object(yb, logits)
        g = tape.gradient(loss, net.trainable_variables)
        opt.apply_gradients(zip(g, net.trainable_variables))
        train_loss.update_state(loss)
        train_acc.update_state(yb, logits)

    for epoch in range(25):
        train_loss.reset_state()
        train_acc.reset_state()
        for xb, yb in ds:
            train_step(xb, yb)
        if epoch % 4 == 0:
            print(f"epoch {epoch}: loss {train_loss.result():.4f} acc {train_acc.result():.3f}")


if __name__ == "__main__":
    main()
