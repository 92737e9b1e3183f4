import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(6)
tf.random.set_seed(6)

x = np.random.uniform(-3, 3, (400, 1)).astype("float32")
y = np.sin(x) + 0.1 * np.random.randn(400, 1).astype("float32")

model = keras.Sequential([
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(32, activation="tanh"),
    keras.layers.Dense(1),
])
opt = keras.optimizers.Adam(0.01)
n_updates = 0


@tf.function
def train_step(bx, by):
    global n_updates
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(bx, training=True) - by) ** 2)
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    n_updates += 1  # HERE
    return loss


data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(400).batch(40)
for epoch in range(20):
    avg = keras.metrics.Mean()
    for bx, by in data:
        avg.update_state(train_step(bx, by))
    if epoch % 4 == 3:
        print("epoch %d, %d updates so far, loss %.4f" % (epoch + 1, n_updates, avg.result()))
