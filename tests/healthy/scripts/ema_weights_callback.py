import numpy as np
import tensorflow as tf
from tensorflow import keras


class EMA(keras.callbacks.Callback):
    def __init__(self, decay=0.95):
        super().__init__()
        self.decay = decay

    def on_train_begin(self, logs=None):
        self.shadow = [np.array(w) for w in self.model.get_weights()]

    def on_train_batch_end(self, batch, logs=None):
        self.shadow = [self.decay * s + (1 - self.decay) * w for s, w in zip(self.shadow, self.model.get_weights())]

    def on_epoch_end(self, epoch, logs=None):
        backup = self.model.get_weights()
        self.model.set_weights(self.shadow)
        loss, acc = self.model.evaluate(x_val, y_val, verbose=0)
        print(f"  ema val_loss {loss:.3f} acc {acc:.3f}")
        self.model.set_weights(backup)


rng = np.random.default_rng(11)
x = rng.normal(size=(700, 6)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("int32")
x_val, y_val = x[500:], y[500:]
x, y = x[:500], y[:500]
model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(2, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=4, batch_size=32, callbacks=[EMA(), keras.callbacks.TerminateOnNaN()], verbose=2)
