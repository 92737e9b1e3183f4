import numpy as np
import tensorflow as tf
import keras
from keras import layers

rng = np.random.default_rng(0)
features = rng.normal(size=(400, 8)).astype(np.float32)
target = (features[:, 0] * 2 - features[:, 5] + rng.normal(size=400) * 0.1).astype(np.float32)[:, None]

model = keras.Sequential([layers.Dense(16, activation="gelu"), layers.Dense(1)])
model.build((None, 8))
optimizer = keras.optimizers.Adam(0.01)


def log_cosh(y_true, y_pred):
    d = y_pred - y_true
    return tf.reduce_mean(tf.math.log(tf.math.cosh(d)))


def loss_fn(y_true, y_pred):
    return log_cosh(y_true, y_pred)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((features, target)).shuffle(400).batch(40, drop_remainder=True)
for epoch in range(5):
    mean = keras.metrics.Mean()
    for x, y in ds:
        mean.update_state(step(x, y))
    print(f"epoch {epoch}: {float(mean.result()):.4f}")
