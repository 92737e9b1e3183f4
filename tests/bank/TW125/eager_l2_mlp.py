import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, regularizers, Sequential

np.random.seed(10)
tf.random.set_seed(10)

# few rows, many columns: we want small weights
X = np.random.randn(200, 30).astype("float32")
true_w = np.zeros((30, 1)); true_w[:4, 0] = [2, -1, 1.5, 1]
y = (X @ true_w + 0.5 * np.random.randn(200, 1)).astype("float32")

model = Sequential([
    layers.Input(shape=(30,)),
    layers.Dense(32, activation="relu", kernel_regularizer=regularizers.l2(0.01)),
    layers.Dense(1, kernel_regularizer=regularizers.l2(0.01)),
])
mse = tf.keras.losses.MeanSquaredError()
opt = tf.keras.optimizers.Adam(learning_rate=0.01)
train_ds = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(200).batch(20)

for epoch in range(8):
    m = tf.keras.metrics.Mean()
    for xb, yb in train_ds:
        with tf.GradientTape() as tape:
            out = model(xb, training=True)
            loss = mse(yb, out)  # HERE
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        m.update_state(mse(yb, out))
    norm = tf.linalg.global_norm([l.kernel for l in model.layers])
    print("epoch", epoch, "mse", m.result().numpy(), "weight norm", norm.numpy())
