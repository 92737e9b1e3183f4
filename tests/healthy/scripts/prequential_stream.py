import numpy as np
import tensorflow as tf

# online learning: first test on the new batch, then train on it
rng = np.random.default_rng(4)
w = rng.normal(size=(5, 1))
model = tf.keras.Sequential([tf.keras.Input((5,)), tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.SGD(0.05)
errors = []
for t in range(60):
    x = rng.normal(size=(16, 5)).astype("float32")
    y = (x @ w).astype("float32")
    test_pred = model(x, training=False)
    errors.append(float(tf.reduce_mean((test_pred - y) ** 2)))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((model(x, training=True) - y) ** 2)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    if t % 10 == 9:
        print(t + 1, "prequential mse", np.mean(errors[-10:]))
