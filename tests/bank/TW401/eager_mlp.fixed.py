import numpy as np
import tensorflow as tf
from tensorflow import keras

np.random.seed(42)
tf.random.set_seed(42)

# house prices: 6 (already standardised) features
X = np.random.randn(400, 6).astype("float32")
coef = np.array([1.5, -2.0, 0.7, 0.0, 0.3, 1.1], dtype="float32")
y = (X @ coef + 0.5 * np.tanh(3 * X[:, 0]) + 0.05 * np.random.randn(400)).astype("float32")
y = y.reshape(-1, 1)
y = (y - y.mean()) / y.std()

model = keras.Sequential([
    keras.layers.Input(shape=(6,)),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(24, activation="tanh"),
    keras.layers.Dense(1),
])

loss_fn = keras.losses.MeanSquaredError()
optimizer = keras.optimizers.SGD(learning_rate=0.05)
BATCH = 40
epochs = 6

for epoch in range(epochs):
    perm = np.random.permutation(len(X))
    total = 0.0
    for i in range(0, len(X), BATCH):
        idx = perm[i:i + BATCH]
        with tf.GradientTape() as tape:
            pred = model(X[idx], training=True)
            loss = loss_fn(y[idx], pred)
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
    print("Epoch %d  mse %.4f" % (epoch + 1, total / (len(X) / BATCH)))
