import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(12)
X = rng.normal(size=(320, 6)).astype("float32")
y = (X[:, :1] * X[:, 1:2] + X[:, 2:3] - X[:, 3:4]).astype("float32")

model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.SGD(0.1)
mse = keras.losses.MeanSquaredError()

accum_steps = 4
micro = 20
accum = [tf.zeros_like(v) for v in model.trainable_variables]

for epoch in range(8):
    order = rng.permutation(len(X))
    losses = []
    for k, start in enumerate(range(0, len(X), micro)):
        rows = order[start:start + micro]
        with tf.GradientTape() as tape:
            loss = mse(y[rows], model(X[rows], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        accum = [a + g / accum_steps for a, g in zip(accum, grads)]
        losses.append(loss.numpy())
        if (k + 1) % accum_steps == 0:
            optimizer.apply_gradients(zip(accum, model.trainable_variables))  # HERE
    print(f"epoch {epoch} loss {np.mean(losses):.4f}")
