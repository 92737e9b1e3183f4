"""Train on noisy copies of the inputs to get a smoother function."""
import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential, layers, losses, optimizers

rng = np.random.default_rng(57)
X = rng.uniform(-2, 2, size=(300, 2)).astype("float32")
Y = np.where(X[:, :1] * X[:, 1:] > 0, 1.0, -1.0).astype("float32") * np.minimum(np.abs(X[:, :1]), 1)

model = Sequential([layers.Input((2,)), layers.Dense(32, activation="tanh"),
                    layers.Dense(32, activation="tanh"), layers.Dense(1)])
opt = optimizers.Adam(0.01)
mse = losses.MeanSquaredError()
BATCH = 30

for epoch in range(8):
    seen = []
    for b in rng.permutation(len(X) // BATCH):
        xb = X[b * BATCH:(b + 1) * BATCH]
        yb = Y[b * BATCH:(b + 1) * BATCH]
        xb += rng.normal(scale=0.2, size=xb.shape).astype("float32")  # HERE
        with tf.GradientTape() as tape:
            loss = mse(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        seen.append(float(loss))
    print(f"epoch {epoch}: {np.mean(seen):.4f}")
