"""Mean and log-variance head; the negative log likelihood goes below zero, which is fine."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Model, layers

rng = np.random.default_rng(0)
x = rng.uniform(-1, 1, size=(600, 1)).astype(np.float32)
y = (0.5 * np.sin(3 * x) + 0.03 * rng.normal(size=x.shape)).astype(np.float32)

inp = layers.Input((1,))
h = layers.Dense(32, activation="tanh")(inp)
h = layers.Dense(32, activation="tanh")(h)
mu = layers.Dense(1)(h)
log_var = layers.Dense(1)(h)
out = layers.Concatenate()([mu, log_var])
model = Model(inp, out)


def nll(y_true, y_pred):
    mu = y_pred[:, 0:1]
    log_var = tf.clip_by_value(y_pred[:, 1:2], -8.0, 4.0)
    return tf.reduce_mean(0.5 * (log_var + (y_true - mu) ** 2 / tf.exp(log_var)))


model.compile(optimizer=tf.keras.optimizers.Adam(3e-3), loss=nll)
h = model.fit(x, y, epochs=20, batch_size=20, verbose=0)
for i in range(0, 20, 4):
    print(i, h.history["loss"][i])
print("final", h.history["loss"][-1])
