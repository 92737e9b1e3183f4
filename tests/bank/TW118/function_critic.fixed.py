"""Advantage actor-critic, one step episodes."""
import keras
import numpy as np
import tensorflow as tf


class ValueNet(keras.Model):
    def __init__(self):
        super().__init__()
        self.h = keras.layers.Dense(24, activation="tanh")
        self.v = keras.layers.Dense(1)

    def call(self, s):
        return self.v(self.h(s))


critic = ValueNet()
optimizer = keras.optimizers.Adam(0.02)


@tf.function
def update_critic(states, returns):
    with tf.GradientTape() as tape:
        values = critic(states, training=True)
        advantage = returns - values[:, 0]
        loss = tf.reduce_mean(tf.square(advantage))
    grads = tape.gradient(loss, critic.trainable_variables)
    optimizer.apply_gradients(zip(grads, critic.trainable_variables))
    return loss


def rollout(rng, n=64):
    s = rng.uniform(-1, 1, size=(n, 3)).astype("float32")
    r = s[:, 0] - np.abs(s[:, 1]) + 0.05 * rng.normal(size=n)
    return tf.constant(s), tf.constant(r, dtype=tf.float32)


def main():
    keras.utils.set_random_seed(0)
    rng = np.random.default_rng(0)
    for it in range(8):
        loss = np.mean([update_critic(*rollout(rng)).numpy() for _ in range(20)])
        print(f"iteration {it}  value loss {loss:.4f}")


if __name__ == "__main__":
    main()
