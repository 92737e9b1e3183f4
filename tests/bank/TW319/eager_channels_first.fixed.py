import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(66)
tf.random.set_seed(66)

# pictures come from a PyTorch project: N x C x H x W
n, c, h, w = 300, 3, 10, 10
labels = np.random.randint(0, 3, n)
nchw = np.random.normal(0.0, 0.6, (n, c, h, w))
for i in range(n):
    r, q = np.random.randint(0, 6, 2)
    nchw[i, labels[i], r:r + 4, q:q + 4] += 1.0      # a red, green or blue square somewhere
pictures = nchw.transpose(0, 2, 3, 1).astype(np.float32)

train_ds = tf.data.Dataset.from_tensor_slices((pictures[:240], labels[:240])).shuffle(240).batch(24)
model = keras.Sequential([
    keras.layers.Input((h, w, c)),
    keras.layers.Conv2D(12, 4, activation='relu'),
    keras.layers.GlobalMaxPooling2D(),
    keras.layers.Dense(3, activation='softmax'),
])
loss_fn = keras.losses.SparseCategoricalCrossentropy()
optimizer = keras.optimizers.Adam(0.02)

for epoch in range(10):
    epoch_losses = []
    for x, y in train_ds:
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        epoch_losses.append(float(loss))
    acc = np.mean(np.argmax(model(pictures[240:]), axis=1) == labels[240:])
    print(f'Epoch {epoch + 1}: loss {np.mean(epoch_losses):.4f}, test acc {acc:.3f}')
