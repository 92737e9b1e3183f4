import tensorflow as tf
import numpy as np
from tensorflow.keras import layers, Model, callbacks

tf.random.set_seed(13)
np.random.seed(13)


class TwoTask(Model):
    """Classifier with an auxiliary regression head; the auxiliary weight fades out."""

    def __init__(self):
        super().__init__()
        self.trunk = layers.Dense(32, activation="relu")
        self.cls = layers.Dense(1)
        self.aux = layers.Dense(1)
        self.aux_weight = 1.0
        self.total = tf.keras.metrics.Mean(name="loss")
        self.aux_loss = tf.keras.metrics.Mean(name="aux_loss")

    def call(self, x):
        h = self.trunk(x)
        return self.cls(h), self.aux(h)

    @property
    def metrics(self):
        return [self.total, self.aux_loss]

    def train_step(self, data):
        x, (label, value) = data
        with tf.GradientTape() as tape:
            logit, guess = self(x, training=True)
            ce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=label, logits=logit))
            aux = tf.reduce_mean(tf.square(value - guess))
            loss = ce + self.aux_weight * aux  # HERE
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.total.update_state(loss)
        self.aux_loss.update_state(aux)
        return {"loss": self.total.result(), "aux_loss": self.aux_loss.result()}


class FadeAux(callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.model.aux_weight = max(0.0, 1.0 - 0.2 * epoch)  # HERE


x = np.random.randn(480, 6).astype("float32")
value = (x[:, :1] * 1.5 + x[:, 1:2]).astype("float32")
label = (value + 0.3 * np.random.randn(480, 1) > 0).astype("float32")

model = TwoTask()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
model.fit(x, (label, value), batch_size=32, epochs=9, callbacks=[FadeAux()], verbose=2)
