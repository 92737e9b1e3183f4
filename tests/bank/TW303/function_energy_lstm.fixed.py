# forecast the daily energy meter reading (Wh) from 10 days of weather
import numpy as np
import tensorflow as tf

SEED = 5
tf.keras.utils.set_random_seed(SEED)


def load():
    rng = np.random.RandomState(SEED)
    w = rng.randn(400, 10, 3).astype("float32")
    wh = 18000.0 - 3500.0 * w[:, -3:, 0].mean(axis=1) + 1200.0 * w[:, -1, 1] + 200 * rng.randn(400)
    wh = (wh - 18000.0) / 2500.0
    return w, wh.astype("float32")[:, None]


class Trainer:
    def __init__(self):
        self.model = tf.keras.Sequential([
            tf.keras.layers.Input((10, 3)),
            tf.keras.layers.LSTM(16),
            tf.keras.layers.Dense(1),
        ])
        self.optimizer = tf.keras.optimizers.Adam(0.01)
        self.mean_loss = tf.keras.metrics.Mean(name="loss")

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            y_hat = self.model(x, training=True)
            loss = tf.reduce_mean(tf.square(y - y_hat))
        grads = tape.gradient(loss, self.model.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.model.trainable_variables))
        self.mean_loss.update_state(loss)

    def train(self, ds, epochs):
        for e in range(epochs):
            self.mean_loss.reset_state()
            for x, y in ds:
                self.step(x, y)
            print(f"[{e + 1}/{epochs}] mse={float(self.mean_loss.result()):.4f}")


x, y = load()
print("target mean/std:", y.mean(), y.std())
Trainer().train(tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400, seed=1).batch(40), epochs=8)
