import numpy as np
import tensorflow as tf

# stock "returns": white noise. R^2 should come out near zero, and that is the finding.
np.random.seed(123)
returns = np.random.normal(0, 1, 700).astype("float32")
W = 8
X = np.lib.stride_tricks.sliding_window_view(returns, W)[:-1].copy()
y = returns[W:][:, None].copy()
Xtr, ytr, Xte, yte = X[:500], y[:500], X[508:], y[508:]

model = tf.keras.Sequential([tf.keras.Input((W,)), tf.keras.layers.Dense(4, activation="tanh"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(2e-3)
ds = tf.data.Dataset.from_tensor_slices((Xtr, ytr)).shuffle(500).batch(25)


@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(xb, training=True) - yb) ** 2)
    g = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(g, model.trainable_variables))
    return loss


for epoch in range(5):
    total = tf.add_n([step(a, b) for a, b in ds]) / 20.0
    print("epoch", epoch, "train mse %.3f" % float(total), "variance", ytr.var())
test_mse = float(np.mean((model(Xte).numpy() - yte) ** 2))
print("test R2", 1 - test_mse / yte.var())
