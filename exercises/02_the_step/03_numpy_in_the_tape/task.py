"""Book ratings: three numbers about a reader and a book, and one to five whole stars."""

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training, r2

TASTE = np.array([[1.2], [-0.9], [0.6]])
FEWEST, MOST = 1.0, 5.0


def data(seed: int) -> Data:
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1.7, 1.7, size=(384, 3)).astype("float32")
    y = np.clip(np.round(3.0 + x @ TASTE), FEWEST, MOST).astype("float32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def model() -> keras.Model:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])


def optimizer() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.05)


def loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.square(y_true - y_pred))


TASK = Training(data=data, model=model, optimizer=optimizer, loss=loss, metrics={"r2": r2})
