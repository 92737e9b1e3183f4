"""Simulate a batch of 64 on a small card: four micro-batches of 16, then one update."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models, optimizers, losses

np.random.seed(0)
tf.random.set_seed(0)

ACCUM = 4
centers = np.random.randn(4, 10) * 2
labels = np.random.randint(0, 4, 512)
feats = (centers[labels] + np.random.randn(512, 10)).astype(np.float32)

model = models.Sequential([
    layers.Input(shape=(10,)),
    layers.Dense(24, activation="relu"),
    layers.Dense(4),
])
opt = optimizers.Adam(1e-2)
loss_fn = losses.SparseCategoricalCrossentropy(from_logits=True)

ds = tf.data.Dataset.from_tensor_slices((feats, labels)).shuffle(512).batch(16)

for epoch in range(4):
    total, n = 0.0, 0
    accumulated = [tf.zeros_like(v) for v in model.trainable_variables]
    for i, (bx, by) in enumerate(ds):
        with tf.GradientTape() as tape:
            loss = loss_fn(by, model(bx, training=True)) / ACCUM
        grads = tape.gradient(loss, model.trainable_variables)
        accumulated = [a + g for a, g in zip(accumulated, grads)]
        total += float(loss) * ACCUM
        n += 1
        if (i + 1) % ACCUM == 0:
            opt.apply_gradients(zip(accumulated, model.trainable_variables))
            accumulated = [tf.zeros_like(v) for v in model.trainable_variables]
    print("Epoch {}: loss={:.4f}".format(epoch, total / n))

acc = np.mean(np.argmax(model(feats, training=False).numpy(), axis=1) == labels)
print("train accuracy", acc)
