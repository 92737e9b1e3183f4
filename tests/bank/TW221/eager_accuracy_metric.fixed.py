# warned TW122: the printed loss is that of the last batch, as the rule says; the metric beside it is of the whole epoch
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(68)
tf.random.set_seed(68)
xs = rng.uniform(-1, 1, size=(300, 2)).astype("float32")
ys = (xs[:, :1] ** 2 - 0.5 * xs[:, 1:]).astype("float32") + 0.02 * rng.normal(size=(300, 1)).astype("float32")

surface = tf.keras.Sequential([tf.keras.layers.Dense(32, activation="relu"), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam(0.01)
mse = tf.keras.losses.MeanSquaredError()
metric = tf.keras.metrics.MeanAbsoluteError()

for epoch in range(10):
    metric.reset_state()
    for x, y in tf.data.Dataset.from_tensor_slices((xs, ys)).shuffle(300).batch(20):
        with tf.GradientTape() as tape:
            z = surface(x, training=True)
            loss = mse(y, z)
        optimizer.apply_gradients(zip(tape.gradient(loss, surface.trainable_variables), surface.trainable_variables))
        metric.update_state(y, z)
    print("epoch", epoch, "loss", float(loss), metric.name, float(metric.result()))
