import tensorflow as tf
import numpy as np


class Regressor(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = tf.keras.layers.Dense(20, activation="tanh")
        self.b = tf.keras.layers.Dense(1)
        self.tracker = tf.keras.metrics.Mean(name="mse")

    @property
    def metrics(self):
        return [self.tracker]

    def call(self, x):
        return self.b(self.a(x))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean(tf.square(y - y_pred))
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.tracker.update_state(loss)
        return {"mse": self.tracker.result()}


rs = np.random.RandomState(8)
x = rs.uniform(-2, 2, size=(400, 2)).astype("float32")
y = np.sin(x[:, :1]) + 0.5 * x[:, 1:]

net = Regressor()
net.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.05))
net.fit(x, y, batch_size=20, epochs=6, verbose=2)
print("final", float(tf.reduce_mean((net(x) - y) ** 2)))
