import numpy as np
import tensorflow as tf
from tensorflow import keras

tf.random.set_seed(53)
rng = np.random.default_rng(53)

x = rng.normal(size=(320, 6)).astype("float32")
y = ((x[:, 0] + x[:, 1]) > 0).astype("int64") + ((x[:, 2] - x[:, 3]) > 0).astype("int64")

layers = [keras.layers.Input((6,))]
for i in range(8):
    layers.append(keras.layers.Dense(32, activation="sigmoid"))  # HERE
layers.append(keras.layers.Dense(3))
model = keras.Sequential(layers)

loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.SGD(learning_rate=0.05)

for epoch in range(10):
    order = rng.permutation(len(x))
    total = 0.0
    for start in range(0, len(x), 32):
        rows = order[start:start + 32]
        with tf.GradientTape() as tape:
            loss = loss_fn(y[rows], model(x[rows], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
    if epoch % 3 == 0:
        norms = [float(tf.norm(g)) for g in grads[::2]]
        print(f"epoch {epoch} loss {total / 10:.4f}  first {norms[0]:.2e} last {norms[-1]:.2e}")
