import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(6)
tf.random.set_seed(6)

# two-feature toy set, four clouds, stored one cloud after another
n_each = 90
clouds = [np.random.randn(n_each, 2) * 1.1 + c for c in [(1.5, 1.5), (-1.5, 1.5), (-1.5, -1.5), (1.5, -1.5)]]
data = np.concatenate(clouds).astype(np.float32)
labels = np.repeat(np.arange(4), n_each)

model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(4)])
opt = keras.optimizers.SGD(0.3)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
batch_size = 15
n_batches = len(data) // batch_size

for epoch in range(6):
    epoch_loss = 0.0
    for b in range(n_batches):
        xb = data[b * batch_size:(b + 1) * batch_size]  # HERE
        yb = labels[b * batch_size:(b + 1) * batch_size]  # HERE
        with tf.GradientTape() as tape:
            out = model(xb, training=True)
            loss = loss_fn(yb, out)
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        epoch_loss += loss.numpy() / n_batches
    full = np.argmax(model(data, training=False), axis=1)
    print("epoch %d loss %.4f accuracy(all) %.3f" % (epoch, epoch_loss, (full == labels).mean()))
