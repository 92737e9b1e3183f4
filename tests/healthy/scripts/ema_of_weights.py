"""Exponential moving average of the weights, evaluated beside the raw weights."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(73)
X = np.random.randn(400, 6).astype("float32")
Y = (np.maximum(0, X[:, :1]) - X[:, 1:2] ** 2 * 0.5 + 0.3 * np.random.randn(400, 1)).astype("float32")
X_val = np.random.randn(200, 6).astype("float32")
Y_val = (np.maximum(0, X_val[:, :1]) - X_val[:, 1:2] ** 2 * 0.5).astype("float32")


def make():
    return keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])


student, averaged = make(), make()
averaged.set_weights(student.get_weights())
averaged.trainable = False
opt = keras.optimizers.Adam(0.01)
mse = keras.losses.MeanSquaredError()
DECAY = 0.95


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = mse(yb, student(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, student.trainable_variables), student.trainable_variables))
    for slow, fast in zip(averaged.weights, student.weights):
        slow.assign(DECAY * slow + (1.0 - DECAY) * fast)
    return loss


ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(400).batch(20)
for epoch in range(8):
    train = np.mean([step(a, b) for a, b in ds])
    raw = float(mse(Y_val, student(X_val)))
    ema = float(mse(Y_val, averaged(X_val)))
    print(f"epoch {epoch} train {train:.3f} val raw {raw:.3f} val ema {ema:.3f}")
