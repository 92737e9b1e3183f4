"""One number from three columns: a line with a little noise, learned by a network of eight hidden units."""

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training, r2

SLOPES = np.array([[2.0], [-1.5], [1.0]])
NOISE = 0.3


def data(seed: int) -> Data:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(384, 3))
    y = x @ SLOPES + 0.5 + NOISE * rng.normal(size=(384, 1))
    x, y = x.astype("float32"), y.astype("float32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def model() -> keras.Model:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])


def optimizer() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.05)


def loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.square(y_true - y_pred))


TASK = Training(data=data, model=model, optimizer=optimizer, loss=loss, metrics={"r2": r2})
