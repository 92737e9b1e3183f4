import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(73)
rng = np.random.default_rng(73)
weather = rng.normal(size=(500, 4)).astype("float32")
rate = np.exp(1.0 + 0.9 * weather[:, 0] - 0.4 * weather[:, 2])
bikes = rng.poisson(rate).astype("float32")[:, None]      # hires per ten minutes

model = keras.Sequential([
    keras.layers.Dense(24, activation="relu"),
    keras.layers.Dense(1, activation="softplus"),
])
opt = keras.optimizers.Adam(0.01)


def log_error(y, y_hat):
    return tf.reduce_mean(tf.square(tf.math.log1p(y) - tf.math.log1p(y_hat)))


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = log_error(y, model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


ds = tf.data.Dataset.from_tensor_slices((weather, bikes)).shuffle(500).batch(25)
for epoch in range(6):
    print("epoch", epoch, float(tf.reduce_mean([train(x, y) for x, y in ds])))
