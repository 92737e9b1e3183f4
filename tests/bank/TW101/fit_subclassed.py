import numpy as np
import tensorflow as tf
import keras
from keras import layers


class ClippedRegressor(keras.Model):
    """Regression model whose step clips the global norm of the gradient."""

    def __init__(self, hidden=32, clip=5.0):
        super().__init__()
        self.hidden = layers.Dense(hidden, activation="tanh")
        self.head = layers.Dense(1)
        self.clip = clip

    def call(self, x):
        return self.head(self.hidden(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred)
        variables = self.trainable_variables
        grads = tape.gradient(loss, variables)
        grads, _ = tf.clip_by_global_norm(grads, self.clip)  # HERE
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


def main():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(512, 6)).astype("float32")
    w = rng.normal(size=(6, 1)).astype("float32")
    y = np.tanh(x @ w) + 0.05 * rng.normal(size=(512, 1)).astype("float32")
    model = ClippedRegressor()
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    history = model.fit(x, y, batch_size=32, epochs=5, verbose=0)
    print([round(v, 4) for v in history.history["loss"]])


if __name__ == "__main__":
    main()
