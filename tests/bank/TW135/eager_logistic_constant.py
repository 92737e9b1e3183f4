# crashes
import tensorflow as tf
import numpy as np

rng = np.random.default_rng(18)
X = rng.normal(size=(300, 5)).astype("float32")
y = (X @ rng.normal(size=(5, 1)) > 0).astype("float32")

W = tf.constant(rng.normal(scale=0.1, size=(5, 1)), dtype=tf.float32)  # HERE
b = tf.constant([0.0])  # HERE
optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)

for epoch in range(8):
    epoch_losses = []
    for i in range(0, 300, 30):
        with tf.GradientTape() as tape:
            logits = tf.matmul(X[i:i + 30], W) + b
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y[i:i + 30], logits=logits))
        grads = tape.gradient(loss, [W, b])
        optimizer.apply_gradients(zip(grads, [W, b]))
        epoch_losses.append(loss.numpy())
    print(f"epoch {epoch}: {np.mean(epoch_losses):.4f}")
