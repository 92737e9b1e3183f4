import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

np.random.seed(1)
tf.random.set_seed(1)
x_train = np.random.randn(320, 6).astype(np.float32)
y_train = (x_train[:, 0] - 2 * x_train[:, 1] + 0.5).astype(np.float32)
y_train = y_train[:, None]

model = tf.keras.Sequential([layers.Input((6,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.02)

for epoch in range(6):
    order = np.random.permutation(320)
    losses = []
    for i in range(0, 320, 32):
        xb, yb = x_train[order[i:i + 32]], y_train[order[i:i + 32]]
        with tf.GradientTape() as tape:
            pred = model(xb, training=True)
            loss = tf.reduce_mean(tf.square(yb - pred))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        losses.append(loss.numpy())
    print(f"epoch {epoch} mse {np.mean(losses):.4f}")
