import tensorflow as tf
from tensorflow import keras
import numpy as np

rng = np.random.default_rng(3)
X = rng.normal(size=(480, 5)).astype(np.float32)
Y = np.stack([X[:, 0] + X[:, 1], X[:, 2] * X[:, 3]], axis=1)


class Experiment:
    def __init__(self, lr):
        self.model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(32, activation="tanh"), keras.layers.Dense(2)])
        self.optimizer = keras.optimizers.SGD(lr, momentum=0.8)

    @tf.function
    def one_step(self, x, y):
        with tf.GradientTape() as tape:
            pred = self.model(x, training=True)
            loss = tf.reduce_mean(keras.losses.mse(y, pred))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.model.trainable_variables))
        return loss

    def run(self, epochs, batch):
        ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(480).batch(batch)
        for e in range(epochs):
            values = [np.mean(self.one_step(x, y).numpy()) for x, y in ds]
            print("epoch", e + 1, "of", epochs, "mse", np.mean(values))


if __name__ == "__main__":
    Experiment(lr=0.05).run(epochs=8, batch=32)
