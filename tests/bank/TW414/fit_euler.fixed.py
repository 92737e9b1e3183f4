import tensorflow as tf
import numpy as np


class Flow(tf.keras.Model):
    """state -> state after one second, as a chain of Euler steps of a learned vector field"""

    def __init__(self, dim=3, n_steps=20):
        super().__init__()
        self.n_steps = n_steps
        self.f1 = tf.keras.layers.Dense(32, activation="relu", kernel_initializer="he_normal")
        self.f2 = tf.keras.layers.Dense(dim)
        self.loss_tracker = tf.keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.loss_tracker]

    def call(self, s):
        for _ in range(self.n_steps):
            s = s + self.f2(self.f1(s)) / self.n_steps
        return s

    def train_step(self, data):
        s0, s1 = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(s0, training=True) - s1))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


tf.keras.utils.set_random_seed(36)
rng = np.random.default_rng(36)
start = rng.normal(size=(400, 3)).astype("float32")
rot = np.array([[0.54, -0.84, 0.0], [0.84, 0.54, 0.0], [0.0, 0.0, 0.4]], dtype="float32")
end = start @ rot.T

flow = Flow()
flow.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.01))
history = flow.fit(start, end, batch_size=20, epochs=8, verbose=0)
print(history.history["loss"])
