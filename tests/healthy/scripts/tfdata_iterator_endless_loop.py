"""Iteration based training: one iterator over an endless, reshuffled dataset."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

np.random.seed(36)
tf.random.set_seed(36)
pts = np.random.uniform(-2, 2, size=(512, 2)).astype(np.float32)
z = (np.cos(pts[:, 0]) * pts[:, 1])[:, None].astype(np.float32)
endless = iter(tf.data.Dataset.from_tensor_slices((pts, z)).shuffle(512).repeat().batch(32))

model = tf.keras.Sequential([layers.Input((2,)), layers.Dense(32, "tanh"), layers.Dense(32, "tanh"), layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.01)


@tf.function
def update(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xb, training=True) - yb))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss


window = []
for it in range(1, 301):
    xb, yb = next(endless)
    window.append(float(update(xb, yb)))
    if it % 50 == 0:
        print(f"iteration {it}: mean loss of the last 50 = {np.mean(window):.4f}")
        window = []
