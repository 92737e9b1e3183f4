import tensorflow as tf
import numpy as np


def chunks(x, y, size):
    order = np.random.permutation(len(x))
    for i in range(0, len(x), size):
        yield x[order[i:i + size]], y[order[i:i + size]]


def make_model():
    a = tf.keras.Input((12, 3))
    h = tf.keras.layers.GRU(12)(a)
    return tf.keras.Model(a, tf.keras.layers.Dense(1)(h))


def main():
    np.random.seed(5)
    tf.random.set_seed(5)
    x = np.random.randn(300, 12, 3).astype("float32")
    y = x[:, -3:, 0].mean(axis=1, keepdims=True) + 0.5 * x[:, -1:, 1]
    schedule = tf.keras.optimizers.schedules.PolynomialDecay(0.02, 60, end_learning_rate=0.001)
    model = make_model()
    for epoch in range(6):
        model.compile(optimizer=tf.keras.optimizers.Adam(schedule), loss="mse")  # HERE
        losses = [model.train_on_batch(a, b) for a, b in chunks(x, y, 30)]
        print("epoch", epoch + 1, "loss", round(float(np.mean(losses)), 5),
              "lr", round(float(model.optimizer.learning_rate), 5))


if __name__ == "__main__":
    main()
