import tensorflow as tf
import numpy as np


def train_one_epoch(model, ds, lr):
    opt = tf.keras.optimizers.Adam(lr)  # HERE
    loss_fn = tf.keras.losses.MeanSquaredError()
    total = 0.0
    n = 0
    for x, y in ds:
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        g = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(g, model.trainable_variables))
        total += float(loss)
        n += 1
    return total / n


r = np.random.default_rng(1)
X = r.normal(size=(256, 5)).astype("float32")
Y = (X[:, :1] - X[:, 1:2]).astype("float32")
ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(256).batch(32)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, "relu"), tf.keras.layers.Dense(1)])
for epoch in range(8):
    print(epoch, train_one_epoch(model, ds, 1e-2))  # HERE
