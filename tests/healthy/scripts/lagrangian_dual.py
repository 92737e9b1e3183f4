import numpy as np
import tensorflow as tf

rng = np.random.default_rng(2)
x = rng.normal(size=(300, 4)).astype("float32")
y = (x @ np.float32([[1], [2], [-1], [3]])).astype("float32")
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
lam = tf.Variable(0.1)
opt = tf.keras.optimizers.Adam(0.05)
for it in range(120):
    idx = rng.integers(0, 300, 50)
    with tf.GradientTape(persistent=True) as tape:
        mse = tf.reduce_mean((model(x[idx]) - y[idx]) ** 2)
        norm = tf.reduce_sum(model.trainable_variables[0] ** 2)
        lagrangian = mse + lam * (norm - 8.0)
    gw = tape.gradient(lagrangian, model.trainable_variables)
    gl = tape.gradient(lagrangian, lam)
    opt.apply_gradients(zip(gw, model.trainable_variables))
    lam.assign(tf.maximum(lam + 0.02 * gl, 0.0))
    if it % 30 == 0:
        print(it, float(mse), float(norm), float(lam))
