import numpy as np
import tensorflow as tf
from tensorflow import keras

WINDOW = 8


def windows():
    rng = np.random.default_rng(2)
    t = np.arange(420)
    load = np.sin(t / 4) + 0.5 * np.cos(t / 9) + 0.05 * rng.normal(size=420)
    x = np.stack([load[i:i + WINDOW] for i in range(400)])
    return x[..., None].astype("float32"), load[WINDOW:WINDOW + 400][:, None].astype("float32")


class Forecaster(keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = keras.layers.LSTM(16)
        self.dense = keras.layers.Dense(1)

    def call(self, x):
        return self.dense(self.lstm(x))


model = Forecaster()
adam = keras.optimizers.Adam(0.02)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        forecast = model(x, training=True)
        loss = tf.reduce_mean(tf.abs(forecast - y))
    grads = tape.gradient(loss, model.trainable_variables)
    adam.apply_gradients(zip(grads, model.trainable_variables))
    return loss


x, y = windows()
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(40)
for epoch in range(7):
    print("Epoch", epoch + 1, "MAE", np.mean([train_step(a, b).numpy() for a, b in ds]))
