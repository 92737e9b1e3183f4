import tensorflow as tf
import numpy as np
from tensorflow import keras

np.random.seed(57)
x = np.random.randn(250, 4).astype("float32")
y = (np.maximum(x[:, :1], 0) - x[:, 1:2]).astype("float32")

small = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1)])
large = keras.Sequential([keras.Input((4,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])


def train(model, optimizer, epochs=4):
    for epoch in range(epochs):
        losses = []
        for b in np.array_split(np.random.permutation(250), 10):
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean((model(x[b]) - y[b]) ** 2)
            grads = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(grads, model.trainable_variables))
            losses.append(loss.numpy())
        print("  epoch", epoch, np.mean(losses))


print("small")
train(small, keras.optimizers.Adam(0.02))
print("large")
train(large, keras.optimizers.Adam(0.02))
