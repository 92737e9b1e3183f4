import math

import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(28)
x = rng.uniform(-2, 2, size=(400, 1)).astype("float32")
y = (np.sin(2 * x) + (0.2 + 0.1 * np.abs(x)) * rng.normal(size=x.shape)).astype("float32")

inp = keras.Input((1,))
h = keras.layers.Dense(32, activation="tanh")(inp)
mean = keras.layers.Dense(1)(h)
std = keras.layers.Dense(1, activation="softplus")(h)
model = keras.Model(inp, [mean, std])
opt = keras.optimizers.Adam(0.01)


def log_likelihood(target, mu, sigma):
    sigma = sigma + 0.1
    return -0.5 * tf.square((target - mu) / sigma) - tf.math.log(sigma) - 0.5 * math.log(2 * math.pi)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        mu, sigma = model(xb, training=True)
        loss = -tf.reduce_mean(log_likelihood(yb, mu, sigma))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(40)
for epoch in range(12):
    for xb, yb in ds:
        step(xb, yb)
    mu, sigma = model(x)
    print("epoch", epoch, "rmse", float(tf.sqrt(tf.reduce_mean((mu - y) ** 2))), "mean sigma", float(tf.reduce_mean(sigma)))
