import numpy as np
import tensorflow as tf
import keras


class CountingModel(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.steps_done = tf.Variable(0, trainable=False)

    def train_step(self, data):
        self.steps_done.assign_add(1)
        return super().train_step(data)


class Report(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print(f"epoch {epoch + 1}: {int(self.model.steps_done)} steps, loss {logs['loss']:.4f}")


def dataset(seed=0, n=320):
    rng = np.random.default_rng(seed)
    a = rng.normal(size=(n, 4)).astype("float32")
    b = rng.normal(size=(n, 4)).astype("float32")
    target = np.sum(a * b, axis=1, keepdims=True).astype("float32")
    return a, b, target


keras.utils.set_random_seed(0)
a, b, target = dataset()
in_a = keras.Input((4,), name="a")
in_b = keras.Input((4,), name="b")
tower = keras.layers.Dense(16)
mixed = keras.layers.Multiply()([tower(in_a), tower(in_b)])
out = keras.layers.Dense(1)(mixed)
model = CountingModel([in_a, in_b], out)
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
model.fit({"a": a, "b": b}, target, batch_size=32, epochs=6, verbose=0, callbacks=[Report()])
