"""MDN for an inverse problem (several answers for one x)."""
import numpy as np
import tensorflow as tf

np.random.seed(84)
tf.random.set_seed(84)
K = 3
t = np.random.uniform(-1, 1, (500, 1)).astype("float32")
x = (t + 0.4 * np.sin(2 * np.pi * t) + 0.03 * np.random.randn(500, 1)).astype("float32")

body = tf.keras.Sequential([
    tf.keras.Input((1,)),
    tf.keras.layers.Dense(32, activation="tanh"),
    tf.keras.layers.Dense(3 * K),
])
optimizer = tf.keras.optimizers.Adam(0.01)


def negative_log_likelihood(target, params):
    logits, mu, log_sigma = tf.split(params, 3, axis=1)
    log_sigma = tf.maximum(log_sigma, -4.0)
    log_prob = -0.5 * ((target - mu) * tf.exp(-log_sigma)) ** 2 - log_sigma - 0.5 * np.log(2 * np.pi)
    return -tf.reduce_mean(tf.reduce_logsumexp(tf.nn.log_softmax(logits) + log_prob, axis=1))


@tf.function
def train_step(inputs, targets):
    with tf.GradientTape() as tape:
        loss = negative_log_likelihood(targets, body(inputs, training=True))
    gradients = tape.gradient(loss, body.trainable_variables)
    optimizer.apply_gradients(zip(gradients, body.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((x, t)).shuffle(500).batch(25)
for epoch in range(1, 16):
    loss_sum = sum(float(train_step(a, b)) for a, b in data)
    if epoch % 3 == 0:
        print("epoch", epoch, "nll", loss_sum / 20)
