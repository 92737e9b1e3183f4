"""Sparse coding: activity penalty collected from model.losses in a hand-written loop."""
import tensorflow as tf
import numpy as np
from tensorflow import keras

tf.random.set_seed(123)
rng = np.random.default_rng(123)
atoms = rng.normal(size=(12, 24)).astype("float32")
coef = rng.exponential(size=(400, 12)) * (rng.uniform(size=(400, 12)) < 0.2)
signal = (coef @ atoms).astype("float32")
signal /= signal.std()

enc = keras.layers.Dense(20, activation="relu", activity_regularizer=keras.regularizers.L1(1e-4),
                         kernel_regularizer=keras.regularizers.L2(1e-5))
model = keras.Sequential([keras.Input((24,)), enc, keras.layers.Dense(24)])
optimizer = keras.optimizers.Adam(5e-3)
mse = keras.losses.MeanSquaredError()


@tf.function
def train_on(batch):
    with tf.GradientTape() as tape:
        reconstruction = model(batch, training=True)
        data_loss = mse(batch, reconstruction)
        loss = data_loss + tf.add_n(model.losses)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return data_loss, loss


ds = tf.data.Dataset.from_tensor_slices(signal).shuffle(400).batch(20)
for epoch in range(10):
    rec = tot = 0.0
    for i, b in enumerate(ds):
        d, l = train_on(b)
        rec += float(d)
        tot += float(l)
    print(f"epoch {epoch} reconstruction {rec / (i + 1):.4f} total {tot / (i + 1):.4f}")
