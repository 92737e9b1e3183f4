import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import Callback, LambdaCallback


class ConfusionAtEnd(Callback):
    """Print a confusion matrix of the held-out set after some epochs."""

    def __init__(self, x, y, every=3):
        super().__init__()
        self.x, self.y, self.every = x, y, every

    def on_epoch_end(self, epoch, logs=None):
        if (epoch + 1) % self.every:
            return
        pred = self.model.predict(self.x, verbose=0).argmax(axis=1)
        print("epoch", epoch + 1, "loss", round(logs["loss"], 3))
        print(tf.math.confusion_matrix(self.y, pred, 3).numpy())


rng = np.random.default_rng(42)
mu = np.array([[0, 0], [2.5, 0], [0, 2.5]])
lab = rng.integers(0, 3, 400)
pts = mu[lab] + rng.normal(size=(400, 2)) * 0.8

model = tf.keras.Sequential([
    tf.keras.layers.Input(shape=(2,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=tf.keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")
model.fit(pts[:300], lab[:300], epochs=9, batch_size=15, verbose=0,
          callbacks=[ConfusionAtEnd(pts[300:], lab[300:]),
                     LambdaCallback(on_train_begin=lambda logs: print("here we go"))])
