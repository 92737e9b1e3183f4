import numpy as np
import tensorflow as tf

np.random.seed(51)
tf.random.set_seed(51)
centers = np.random.randn(4, 8)
y = np.random.randint(0, 4, 384)
x = (centers[y] + 0.7 * np.random.randn(384, 8)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.layers.Input((8,)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(4),
])
optimizer = tf.keras.optimizers.SGD(0.2)


def compute_loss(labels, logits):
    losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    return losses  # HERE


for epoch in range(7):
    perm = np.random.permutation(384)
    epoch_loss = []
    for i in range(0, 384, 64):
        with tf.GradientTape() as tape:
            loss = compute_loss(y[perm[i:i + 64]], model(x[perm[i:i + 64]], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        epoch_loss.append(np.mean(loss))
    print("Epoch", epoch, "loss", np.mean(epoch_loss))
