import keras
import tensorflow as tf
import numpy as np

keras.utils.set_random_seed(27)


class MicroBatchModel(keras.Model):
    """Splits every batch in four to save memory."""
    parts = 4

    def prepare(self):
        self.sums = [tf.Variable(tf.zeros(v.shape), trainable=False) for v in self.trainable_variables]

    def train_step(self, data):
        x, y = data
        for s in self.sums:
            s.assign(tf.zeros_like(s))
        for xs, ys in zip(tf.split(x, self.parts), tf.split(y, self.parts)):
            with tf.GradientTape() as tape:
                y_pred = self(xs, training=True)
                loss = self.compute_loss(x=xs, y=ys, y_pred=y_pred)
            for s, g in zip(self.sums, tape.gradient(loss, self.trainable_variables)):
                s.assign_add(g / self.parts)
            for m in self.metrics:
                if m.name == "loss":
                    m.update_state(loss)
        self.optimizer.apply([s + 0.0 for s in self.sums], self.trainable_variables)
        return {m.name: m.result() for m in self.metrics}


x = np.random.randn(480, 3).astype("float32")
y = np.concatenate([x[:, :1] * x[:, 1:2], np.abs(x[:, 2:])], axis=1).astype("float32")

inp = keras.Input((3,))
h = keras.layers.Dense(32, activation="relu")(inp)
model = MicroBatchModel(inp, keras.layers.Dense(2)(h))
model.prepare()
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
model.fit(x, y, batch_size=48, epochs=10, verbose=2)
