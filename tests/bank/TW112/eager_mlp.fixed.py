import tensorflow as tf
import numpy as np

# heating cost from 4 house features
np.random.seed(2)
house = np.random.randn(240, 4).astype("float32")
cost = (house @ np.array([[1.0], [0.5], [-0.5], [0.0]]) + 0.2).astype("float32")

model = tf.keras.Sequential([tf.keras.Input((4,)), tf.keras.layers.Dense(8, activation="relu"), tf.keras.layers.Dense(1)])
opt = tf.keras.optimizers.Adam(0.02)
mse = tf.keras.losses.MeanSquaredError()
ds = tf.data.Dataset.from_tensor_slices((house, cost)).shuffle(240).batch(24)

for epoch in range(6):
    total = 0
    for x, y in ds:
        with tf.GradientTape() as tape:
            loss = mse(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        opt.apply_gradients(zip(grads, model.trainable_variables))
        total += loss.numpy()
    print("epoch", epoch + 1, "loss", total / 10)
