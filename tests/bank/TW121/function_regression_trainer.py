import tensorflow as tf
from tensorflow import keras
import numpy as np


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = keras.optimizers.RMSprop(lr)
        self.mse = keras.losses.MeanSquaredError()
        self.loss_metric = keras.metrics.Mean(name="loss")
        self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            out = self.model(x, training=True)
            loss = self.mse(y, out)
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.opt.apply_gradients(zip(grads, self.model.trainable_variables))
        self.loss_metric.update_state(loss)
        self.mae_metric.update_state(y, out)

    def run(self, dataset, epochs):
        for epoch in range(1, epochs + 1):
            for x, y in dataset:
                self.step(x, y)
            print(f"[{epoch}/{epochs}] loss {self.loss_metric.result():.4f} "  # HERE
                  f"mae {self.mae_metric.result():.4f}")  # HERE


def main():
    keras.utils.set_random_seed(11)
    X = np.random.uniform(-2, 2, size=(512, 3)).astype("float32")
    Y = (np.sin(X[:, :1]) + 0.5 * X[:, 1:2] * X[:, 2:3]).astype("float32")
    ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(512).batch(32).prefetch(2)
    net = keras.Sequential([
        keras.Input((3,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ])
    Trainer(net, 3e-3).run(ds, 10)


if __name__ == "__main__":
    main()
