import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(37)
tf.random.set_seed(37)

x = rng.normal(size=(360, 6)).astype("float32")
y = (np.abs(x[:, 0]) + x[:, 1] > 0.8).astype("float32").reshape(-1, 1)

model = keras.Sequential([
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(1),
])
lr_schedule = keras.optimizers.schedules.ExponentialDecay(
    initial_learning_rate=0.01,
    decay_steps=50,
    decay_rate=0.9,
)
optimizer = keras.optimizers.Adam(learning_rate=lr_schedule)
bce = keras.losses.BinaryCrossentropy(from_logits=True)
ds = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(360).batch(24)

for epoch in range(10):
    m = keras.metrics.Mean()
    for xb, yb in ds:
        with tf.GradientTape() as tape:
            loss = bce(yb, model(xb, training=True))
        g = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(g, model.trainable_variables))
        m.update_state(loss)
    print(f"Epoch {epoch + 1}/10 - loss: {m.result():.4f}")
