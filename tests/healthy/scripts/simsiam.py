"""Self-supervised: SimSiam with stop-gradient on the projections."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

rng = np.random.default_rng(21)
latent = rng.normal(size=(384, 4))
mix = rng.normal(size=(4, 20))
data = (latent @ mix).astype("float32")
data /= data.std()

encoder = keras.Sequential([
    keras.Input((20,)), keras.layers.Dense(32, use_bias=False), keras.layers.BatchNormalization(),
    keras.layers.ReLU(), keras.layers.Dense(16)])
predictor = keras.Sequential([keras.Input((16,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(16)])


def view(x):
    return x + tf.random.normal(tf.shape(x), stddev=0.3)


def compute_loss(p, z):
    z = tf.stop_gradient(z)
    p = tf.math.l2_normalize(p, axis=1)
    z = tf.math.l2_normalize(z, axis=1)
    return -tf.reduce_mean(tf.reduce_sum(p * z, axis=1))


opt = keras.optimizers.SGD(0.05, momentum=0.9)


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        z1, z2 = encoder(view(x), training=True), encoder(view(x), training=True)
        p1, p2 = predictor(z1, training=True), predictor(z2, training=True)
        loss = compute_loss(p1, z2) / 2 + compute_loss(p2, z1) / 2
    params = encoder.trainable_variables + predictor.trainable_variables
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    return loss


ds = tf.data.Dataset.from_tensor_slices(data).shuffle(384).batch(64, drop_remainder=True)
epoch_loss = keras.metrics.Mean()
for epoch in range(12):
    epoch_loss.reset_state()
    for xb in ds:
        epoch_loss.update_state(train_step(xb))
    print(f"epoch {epoch:2d} loss {epoch_loss.result().numpy():.4f}")
