import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(31)
inputs = rng.normal(size=(240, 3)).astype("float32")
outputs = np.hstack([inputs[:, :1] + inputs[:, 1:2], inputs[:, 2:] * 0.5]).astype("float32")

model = keras.Sequential([keras.layers.Dense(12, activation="tanh"), keras.layers.Dense(2)])
model.build((None, 3))
optimizer = keras.optimizers.SGD(0.1, momentum=0.9)


def compute_loss(prediction, target):
    error = target - prediction
    return tf.reduce_mean(tf.reduce_sum(error ** 2, axis=1))


def epoch(batches):
    values = []
    for xb, yb in batches:
        with tf.GradientTape() as tape:
            value = compute_loss(model(xb), yb)
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        values.append(value.numpy())
    return np.mean(values)


ds = tf.data.Dataset.from_tensor_slices((inputs, outputs)).shuffle(240).batch(24)
for i in range(6):
    print("Epoch", i + 1, "->", epoch(ds))
