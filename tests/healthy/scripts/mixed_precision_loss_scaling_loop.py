"""float16 with a LossScaleOptimizer in a custom loop."""
import keras
import numpy as np
import tensorflow as tf

keras.mixed_precision.set_global_policy("mixed_float16")
rng = np.random.default_rng(16)
X = rng.normal(size=(320, 10)).astype("float32")
Y = (X[:, :2].sum(axis=1, keepdims=True) > 0).astype("float32")

inp = keras.Input((10,))
h = keras.layers.Dense(24, activation="relu")(inp)
out = keras.layers.Dense(1, dtype="float32")(h)
model = keras.Model(inp, out)
optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam(0.01))
bce = keras.losses.BinaryCrossentropy(from_logits=True, dtype="float32")


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = bce(y, logits)
        scaled = optimizer.scale_loss(loss)
    grads = tape.gradient(scaled, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


dataset = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(320).batch(32)
for epoch in range(6):
    mean = keras.metrics.Mean(dtype="float32")
    for x, y in dataset:
        mean.update_state(train_step(x, y))
    print(f"Epoch {epoch}: loss={float(mean.result()):.4f} scale={float(optimizer.dynamic_scale):.0f}")
keras.mixed_precision.set_global_policy("float32")
