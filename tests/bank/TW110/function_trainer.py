# crashes
import numpy as np
import tensorflow as tf


class Regressor:
    def __init__(self, hidden, lr, n_features):
        self.net = tf.keras.Sequential([tf.keras.layers.Dense(h, activation="relu") for h in hidden])
        self.net.add(tf.keras.layers.Dense(1))
        self.variables = list(self.net.trainable_variables)  # HERE
        self.opt = tf.keras.optimizers.Adam(lr)

    @tf.function
    def update(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.abs(self.net(x) - y))
        grads = tape.gradient(loss, self.variables)
        self.opt.apply_gradients(zip(grads, self.variables))
        return loss

    def fit(self, x, y, epochs=6, batch_size=32):
        ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(batch_size, drop_remainder=True)
        for epoch in range(epochs):
            losses = []
            for bx, by in ds:
                losses.append(float(self.update(bx, by)))
            print("epoch %d mae %.4f" % (epoch, sum(losses) / len(losses)))


if __name__ == "__main__":
    np.random.seed(33)
    X = np.random.randn(352, 5).astype("float32")
    Y = (2 * X[:, :1] - X[:, 4:]).astype("float32")
    Regressor([16, 16], 0.01, n_features=5).fit(X, Y)
