import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(76)
t = np.arange(460)
load = np.sin(t / 4) + 0.5 * np.sin(t / 11) + 0.1 * np.random.randn(460)
windows = np.lib.stride_tricks.sliding_window_view(load, 13)
X, Y = windows[:, :12, None].astype("float32"), windows[:, 12:].astype("float32")
ds = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(448).batch(28)

model = keras.Sequential([keras.layers.Input((12, 1)), keras.layers.LSTM(16), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.01)
loss_tracker = keras.metrics.Mean()
score = keras.metrics.MeanAbsoluteError(name="mae")


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        pred = model(x, training=True)
        loss = tf.reduce_mean(tf.square(pred - y))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    loss_tracker.update_state(loss)
    score.update_state(y, pred)


for epoch in range(7):
    loss_tracker.reset_state()
    score.reset_state()
    for x, y in ds:
        train_step(x, y)
    print(epoch, "mse", loss_tracker.result().numpy(), score.name, score.result().numpy())
