import numpy as np
import tensorflow as tf
import keras

rng = np.random.default_rng(0)
X = rng.normal(size=(400, 8)).astype("float32")
coef = rng.normal(size=(8, 1))
y = (X @ coef + 0.5 * np.abs(X[:, :1]) + 0.3 * rng.normal(size=(400, 1))).astype("float32")

model = keras.Sequential([
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1),
])
optimizer = keras.optimizers.Adam(0.01)
loss_fn = keras.losses.MeanSquaredError()
batch_size = 32

losses = []
for epoch in range(7):
    order = rng.permutation(len(X))
    total, batches = 0.0, 0
    for start in range(0, len(X), batch_size):
        idx = order[start:start + batch_size]
        with tf.GradientTape() as tape:
            pred = model(X[idx], training=True)
            loss = loss_fn(y[idx], pred)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
        batches += 1
    losses.append(total / batches)
    print(f"Epoch {epoch + 1}: loss = {losses[-1]:.4f}")
