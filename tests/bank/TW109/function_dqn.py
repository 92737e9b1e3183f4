# crashes
import keras
import numpy as np
import tensorflow as tf

ACTIONS, STATE, GAMMA = 3, 4, 0.5


def q_net():
    return keras.Sequential([keras.Input((STATE,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(ACTIONS)])


class Agent:
    def __init__(self):
        self.online = q_net()
        self.target = q_net()
        self.target.set_weights(self.online.get_weights())
        self.optimizer = keras.optimizers.Adam(5e-3)

    @tf.function
    def learn(self, s, a, r, s2):
        best_next = tf.reduce_max(self.target(s2), axis=1)
        goal = tf.stop_gradient(r + GAMMA * best_next)
        with tf.GradientTape() as tape:
            q = tf.reduce_sum(self.online(s) * tf.one_hot(a, ACTIONS), axis=1)
            loss = tf.reduce_mean(tf.square(goal - q))
        weights = self.target.trainable_variables  # HERE
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        return loss


def replay(n, rng):
    s = rng.normal(size=(n, STATE)).astype("float32")
    a = rng.integers(0, ACTIONS, n)
    r = s[np.arange(n), a]
    s2 = (0.5 * s + 0.1 * rng.normal(size=s.shape)).astype("float32")
    return s, a, r, s2


def main():
    rng = np.random.default_rng(0)
    tf.random.set_seed(0)
    agent = Agent()
    for episode in range(8):
        losses = [agent.learn(*map(tf.constant, replay(64, rng))).numpy() for _ in range(30)]
        agent.target.set_weights(agent.online.get_weights())
        print("episode", episode, "td error", np.mean(losses))


if __name__ == "__main__":
    main()
