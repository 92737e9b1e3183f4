import tensorflow as tf
import keras
import numpy as np


def get_batches(x, y, size):
    p = np.random.permutation(len(x))
    return [(x[p[i:i + size]], y[p[i:i + size]]) for i in range(0, len(x), size)]


def train(model, opt, x, y, epochs, size):
    loss_fn = keras.losses.MeanSquaredError()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for bx, by in get_batches(x, y, size):
            with tf.GradientTape() as tape:
                out = model(bx, training=True)
                loss = loss_fn(by, out)
            total += float(loss)
            count += 1
            gradients = tape.gradient(loss, model.trainable_variables)
            opt.apply_gradients(zip(gradients, model.trainable_variables))
        print("epoch", epoch, "avg loss", total / count)


if __name__ == "__main__":
    keras.utils.set_random_seed(7)
    seq = np.random.uniform(-1, 1, (240, 6, 1)).astype("float32")
    goal = seq.sum(axis=1)
    net = keras.Sequential([keras.Input((6, 1)), keras.layers.LSTM(12), keras.layers.Dense(1)])
    train(net, keras.optimizers.Adam(0.02), seq, goal, epochs=5, size=24)
