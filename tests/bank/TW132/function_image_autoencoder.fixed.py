import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers, mixed_precision

mixed_precision.set_global_policy("mixed_float16")
rng = np.random.default_rng(44)
tf.random.set_seed(44)

SIDE = 16
REC_WEIGHT = 1e-3  # reconstruction term of the paper


def gratings(n):
    yy, xx = np.mgrid[0:SIDE, 0:SIDE] / SIDE * 2 * np.pi
    k = rng.integers(1, 3, size=(n, 2, 1, 1))
    shift = rng.choice([0, np.pi / 2], size=(n, 1, 1))
    return np.sin(k[:, 0] * yy + k[:, 1] * xx + shift).reshape(n, -1).astype("float32")


images = gratings(256)
ds = tf.data.Dataset.from_tensor_slices(images).shuffle(256).batch(64)

model = keras.Sequential([
    keras.Input((SIDE * SIDE,)),
    layers.Dense(32, activation="elu"),
    layers.Dense(8),
    layers.Dense(32, activation="elu"),
    layers.Dense(SIDE * SIDE),
])
opt = mixed_precision.LossScaleOptimizer(keras.optimizers.Adam(5e-3))


@tf.function
def step(x):
    with tf.GradientTape() as tape:
        out = tf.cast(model(x, training=True), tf.float32)
        loss = REC_WEIGHT * tf.reduce_mean(tf.square(out - x))
        scaled = opt.scale_loss(loss)
    grads = tape.gradient(scaled, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(24):
    losses = [float(step(x)) for x in ds]
    if epoch % 4 == 3:
        print("epoch %2d  loss %.3e  mse %.4f" % (epoch + 1, np.mean(losses), np.mean(losses) / REC_WEIGHT))
