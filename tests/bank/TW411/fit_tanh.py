import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(44)


class ForwardModel(tf.keras.Model):
    """learns the next state of a pendulum"""

    def __init__(self, std):
        super().__init__()
        k = lambda: tf.keras.initializers.TruncatedNormal(stddev=std)
        self.d1 = tf.keras.layers.Dense(48, "tanh", kernel_initializer=k())  # HERE
        self.d2 = tf.keras.layers.Dense(48, "tanh", kernel_initializer=k())  # HERE
        self.d3 = tf.keras.layers.Dense(2, kernel_initializer=k())  # HERE

    def call(self, s):
        return self.d3(self.d2(self.d1(s)))


def simulate(n=500, dt=0.1):
    s = np.random.uniform(-1, 1, (n, 2)).astype("float32")
    nxt = s.copy()
    for _ in range(5):
        nxt[:, 1] -= dt * np.sin(3 * nxt[:, 0])
        nxt[:, 0] += dt * nxt[:, 1] * 2
    return s, nxt


s, s_next = simulate()
m = ForwardModel(std=15.0)  # HERE
m.compile(optimizer=tf.keras.optimizers.Adam(0.005), loss=tf.keras.losses.MeanSquaredError())
h = m.fit(s, s_next, batch_size=20, epochs=12, verbose=0)
print("losses:")
for v in h.history["loss"]:
    print("   ", v)
