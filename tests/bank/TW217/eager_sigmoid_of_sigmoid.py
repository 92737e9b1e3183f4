import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(16)
rng = np.random.default_rng(16)
clicks = rng.normal(size=(400, 6)).astype("float32")
bought = (clicks[:, 1] - clicks[:, 4] + 0.5 * clicks[:, 0] > 0).astype("float32")[:, None]

model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),  # HERE
])
optimizer = keras.optimizers.Adam(0.01)
bce = keras.losses.BinaryCrossentropy()


def predict(x, training=False):
    return tf.sigmoid(model(x, training=training))  # HERE


def run_epoch():
    order = rng.permutation(len(clicks))
    losses = []
    for start in range(0, len(order), 25):
        rows = order[start:start + 25]
        with tf.GradientTape() as tape:
            loss = bce(bought[rows], predict(clicks[rows], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
    return np.mean(losses)


for epoch in range(8):
    print("epoch", epoch, "loss", run_epoch())
print("accuracy", np.mean((predict(clicks).numpy() > 0.5) == bought))
