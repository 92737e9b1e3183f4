"""train_step and test_step overridden, own trackers listed in metrics."""
import keras
import numpy as np
import tensorflow as tf


class CustomModel(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")
        self.loss_fn = keras.losses.MeanSquaredError()

    @property
    def metrics(self):
        return [self.loss_tracker, self.mae_metric]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.loss_fn(y, y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.loss_tracker.update_state(loss)
        self.mae_metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        self.loss_tracker.update_state(self.loss_fn(y, y_pred))
        self.mae_metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


rng = np.random.default_rng(32)
x = rng.uniform(-1, 1, size=(500, 3)).astype("float32")
y = (x.prod(axis=1, keepdims=True) * 3 + x[:, :1]).astype("float32")
inputs = keras.Input((3,))
h = keras.layers.Dense(32, activation="relu")(inputs)
h = keras.layers.Dropout(0.02)(h)
outputs = keras.layers.Dense(1)(h)
model = CustomModel(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(0.01))
model.fit(x[:400], y[:400], epochs=8, batch_size=20, validation_data=(x[400:], y[400:]), verbose=2)
print(model.evaluate(x[400:], y[400:], verbose=0, return_dict=True))
