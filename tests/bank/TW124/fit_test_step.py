import tensorflow as tf
import numpy as np
from tensorflow.keras import layers


class NoisyNet(tf.keras.Model):
    """Regression net with Gaussian noise on its inputs as augmentation."""

    def __init__(self):
        super().__init__()
        self.noise = layers.GaussianNoise(0.3)
        self.a = layers.Dense(40, activation="relu")
        self.drop = layers.Dropout(0.2)
        self.b = layers.Dense(1)

    def call(self, x, training=None):
        x = self.noise(x, training=training)
        x = self.drop(self.a(x), training=training)
        return self.b(x)

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=True)  # HERE
        loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        for m in self.metrics:
            if m.name == "loss":
                m.update_state(loss)
            else:
                m.update_state(y, y_pred)
        return self.get_metrics_result()


tf.random.set_seed(1)
np.random.seed(1)
X = np.random.randn(560, 5).astype("float32")
Y = (X[:, [0]] * 1.5 - np.cos(X[:, [1]]) + X[:, [2]]).astype("float32")

model = NoisyNet()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
model.fit(X[:460], Y[:460], validation_data=(X[460:], Y[460:]), epochs=10, batch_size=32, verbose=2)
