"""Small real models on which the examples of diagnoses run: one function each, found by its name."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training, accuracy, r2


def regression() -> Training:
    """256 rows of 3 features, a noisy linear target; Dense(8, relu) then Dense(1), SGD 0.05."""
    return Training(data=_rows, model=_small, optimizer=_sgd, loss=_mse, metrics={"r2": r2})


def arrays() -> Training:
    """`regression`, with batches handed over as NumPy arrays, which can be changed in place."""
    return Training(data=_rows, model=_small, optimizer=_sgd, loss=_mse, metrics={"r2": r2}, hand_over="numpy")


def unbuilt() -> Training:
    """`regression` with a model that has no variables before its first call."""
    return Training(data=_rows, model=_unbuilt, optimizer=_sgd, loss=_mse, metrics={"r2": r2})


def twins() -> Training:
    """Two hidden layers of equal shape, so that their gradients can be confused without an error."""
    return Training(data=_rows, model=_twins, optimizer=_sgd, loss=_mse, metrics={"r2": r2})


def modes() -> Training:
    """`regression` with batch normalization and dropout, which behave differently in training."""
    return Training(data=_rows, model=_modes, optimizer=_sgd, loss=_mse, metrics={"r2": r2}, progress=0.5)


def classification() -> Training:
    """Three well separated classes in 4 dimensions; the model returns logits."""
    return Training(data=_classes, model=_logits, optimizer=_sgd, loss=_cross_entropy, metrics={"accuracy": accuracy})


def _rows(seed: int) -> Data:
    random = np.random.default_rng(seed)
    x = random.normal(size=(512, 3)).astype("float32")
    y = (x @ np.array([[1.5], [-2.0], [1.0]]) + 1.0 + 0.1 * random.normal(size=(512, 1))).astype("float32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def _classes(seed: int) -> Data:
    random = np.random.default_rng(seed)
    labels = random.integers(0, 3, size=512)
    x = (2.0 * np.eye(3, 4)[labels] + 0.7 * random.normal(size=(512, 4))).astype("float32")
    y = labels.astype("int32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def _sgd() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.05)


def _mse(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.square(tf.reshape(y_true, tf.shape(y_pred)) - y_pred))


def _cross_entropy(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y_true, logits=y_pred))


def _small() -> keras.Model:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])


def _unbuilt() -> keras.Model:
    return keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])


def _twins() -> keras.Model:
    dense = keras.layers.Dense
    return keras.Sequential(
        [keras.Input((3,)), dense(8), dense(8, activation="tanh"), dense(8, activation="tanh"), dense(1)]
    )


def _modes() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.BatchNormalization(momentum=0.8),
            keras.layers.Dense(16, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(1),
        ]
    )


def _logits() -> keras.Model:
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(3)])
