import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

tf.random.set_seed(31)
g = np.random.default_rng(31)
signal = g.normal(size=(400, 12)).astype("float32")
w = g.normal(size=(12, 1)) / 3
target = np.tanh(signal @ w).astype("float32")

x_ds = tf.data.Dataset.from_tensor_slices(signal).shuffle(400)  # HERE
y_ds = tf.data.Dataset.from_tensor_slices(target).shuffle(400)  # HERE
train_ds = tf.data.Dataset.zip((x_ds, y_ds)).batch(20)  # HERE

inputs = layers.Input((12,))
hidden = layers.Dense(24, activation="relu")(inputs)
hidden = layers.Dense(24, activation="relu")(hidden)
model = keras.Model(inputs, layers.Dense(1)(hidden))
optimizer = keras.optimizers.Adam(0.005)
mse = keras.losses.MeanSquaredError()


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    batch_losses = [train_step(x, y) for x, y in train_ds]
    print("epoch", epoch, "mean loss:", tf.reduce_mean(batch_losses).numpy())
