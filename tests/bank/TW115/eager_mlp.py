import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def setup():
    model = tf.keras.Sequential([
        layers.Input((5,)),
        layers.Dense(20, activation="relu"),
        layers.Dense(1),
    ])
    return model, tf.keras.optimizers.Adam(0.01)


rng = np.random.default_rng(71)
x = rng.normal(size=(320, 5)).astype("float32")
y = (x[:, :1] + 0.5 * x[:, 1:2] ** 2).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(320).batch(32)
mse = tf.keras.losses.MeanSquaredError()

for epoch in range(6):
    model, optimizer = setup()  # HERE
    total = 0.0
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = mse(yb, model(xb, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        total += float(loss)
    print("epoch", epoch, "train loss", round(total / 10, 4))
