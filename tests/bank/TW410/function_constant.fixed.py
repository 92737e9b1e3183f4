import keras
import tensorflow as tf
import numpy as np

keras.utils.set_random_seed(60)
r = np.random.default_rng(60)

init = "glorot_uniform"
model = keras.Sequential([
    keras.Input((2,)),
    keras.layers.Dense(24, activation="tanh", kernel_initializer=init),
    keras.layers.Dense(24, activation="tanh", kernel_initializer=init),
    keras.layers.Dense(1, kernel_initializer=init),
])

# XOR clouds
centers = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]])
which = r.integers(0, 4, 480)
x = (centers[which] + r.normal(0, 0.25, (480, 2))).astype("float32")
y = (which >= 2).astype("float32")[:, None]

bce = keras.losses.BinaryCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(480).batch(24).prefetch(2)


@tf.function
def train_one_batch(xb, yb):
    with tf.GradientTape() as tape:
        loss = bce(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(1, 11):
    total = tf.constant(0.0)
    n = 0
    for xb, yb in ds:
        total += train_one_batch(xb, yb)
        n += 1
    print("Epoch:", epoch, "Loss:", float(total) / n)
