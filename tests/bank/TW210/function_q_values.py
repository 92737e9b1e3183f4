"""Fitted Q evaluation on a small chain: rewards are costs."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(66)
rng = np.random.default_rng(66)

position = rng.uniform(-1, 1, size=(480, 2)).astype("float32")
action = rng.integers(0, 3, size=480)
cost = -np.abs(position[:, 0] + 0.5 * (action - 1)) - 0.3 * position[:, 1] ** 2 + 0.3
cost = cost.astype("float32")


def q_network():
    state = keras.Input((2,))
    h = keras.layers.Dense(32, activation="relu")(state)
    h = keras.layers.Dense(32, activation="relu")(h)
    q = keras.layers.Dense(3, activation="relu")(h)  # HERE
    return keras.Model(state, q)


q_net = q_network()
opt = keras.optimizers.Adam(3e-3)


@tf.function
def update(s, a, r):
    with tf.GradientTape() as tape:
        q = tf.reduce_sum(q_net(s) * tf.one_hot(a, 3), axis=1)
        loss = tf.reduce_mean(tf.math.squared_difference(r, q))
    g = tape.gradient(loss, q_net.trainable_variables)
    opt.apply_gradients(zip(g, q_net.trainable_variables))
    return loss


for epoch in range(10):
    order = rng.permutation(480)
    total = 0.0
    for rows in np.array_split(order, 20):
        total += float(update(position[rows], action[rows], cost[rows]))
    print("epoch", epoch + 1, "td error", round(total / 20, 5))
