import numpy as np
import tensorflow as tf
from tensorflow.keras import layers, models


class ClippedModel(models.Model):
    def __init__(self, *args, clip=1.0, **kwargs):
        super().__init__(*args, **kwargs)
        self.clip = clip

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        grads = [tf.clip_by_norm(g, self.clip) for g in grads]  # HERE
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        for m in self.metrics:
            m.update_state(loss)
        return {m.name: m.result() for m in self.metrics}


np.random.seed(15)
tf.random.set_seed(15)

t = np.linspace(0, 30, 700)
series = np.sin(t) + 0.3 * np.sin(3.1 * t) + 0.05 * np.random.randn(700)
window = 16
X = np.stack([series[i:i + window] for i in range(600)])[..., None].astype("float32")
y = np.array([series[i + window] for i in range(600)], dtype="float32")[:, None]

inputs = layers.Input((window, 1))
h = layers.SimpleRNN(16)(inputs)
model = ClippedModel(inputs, layers.Dense(1)(h), clip=0.0)  # HERE
model.compile(loss="mse", optimizer=tf.keras.optimizers.Adam(learning_rate=0.005))
model.fit(X, y, epochs=6, batch_size=32, verbose=2)
