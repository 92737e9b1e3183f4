import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(15)
rng = np.random.default_rng(15)
tokens = rng.integers(0, 50, (384, 8))
amount = np.where(tokens < 10, 1.0, 0.0).sum(axis=1, keepdims=True).astype("float32")

model = keras.Sequential([
    layers.Input((8,)),
    layers.Embedding(50, 8),
    layers.Flatten(),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.01)


@tf.function
def train_epoch(iterator, steps):
    total = tf.constant(0.0)
    for _ in tf.range(steps):
        x, y = next(iterator)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        total += loss
    return total / tf.cast(steps, tf.float32)


data = tf.data.Dataset.from_tensor_slices((tokens, amount)).shuffle(384).batch(32)
data = data.repeat()
for epoch in range(8):
    mean = train_epoch(iter(data), tf.constant(24))
    print("epoch", epoch, "mse", mean.numpy())
