import tensorflow as tf
import numpy as np
from tensorflow import keras

keras.utils.set_random_seed(6)

X = tf.constant(np.random.randn(256, 4), tf.float32)
y = tf.reduce_sum(X[:, :2], axis=1, keepdims=True) + 0.1 * tf.random.normal((256, 1))

model = keras.Sequential([keras.layers.Dense(16, activation="tanh"), keras.layers.Dense(1)])
opt = keras.optimizers.SGD(learning_rate=0.1)
mse = keras.losses.MeanSquaredError()

with tf.GradientTape() as tape:
    loss = mse(y, model(X, training=True))
grads = tape.gradient(loss, model.trainable_variables)  # HERE

for step in range(40):
    opt.apply_gradients(zip(grads, model.trainable_variables))  # HERE
    if step % 4 == 3:
        print("step", step + 1, "loss", float(mse(y, model(X, training=False))))
