import tensorflow as tf
import numpy as np
from tensorflow.keras import layers


class BNModel(tf.keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.d1 = layers.Dense(24)
        self.bn = layers.BatchNormalization()
        self.d2 = layers.Dense(1)
        self.tracker = tf.keras.metrics.Mean(name="mse")

    def call(self, x, training=False):
        return self.d2(tf.nn.relu(self.bn(self.d1(x), training=training)))

    @property
    def metrics(self):
        return [self.tracker]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        weights = self.d1.variables + self.bn.variables + self.d2.variables  # HERE
        grads = tape.gradient(loss, weights)
        self.optimizer.apply_gradients(zip(grads, weights))
        self.tracker.update_state(loss)
        return {"mse": self.tracker.result()}


tf.random.set_seed(5)
np.random.seed(5)
X = np.random.randn(400, 7).astype("float32")
Y = np.abs(X[:, :1]) + 0.5 * X[:, 1:2]
model = BNModel()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
model.fit(X, Y, batch_size=40, epochs=6, verbose=2)
