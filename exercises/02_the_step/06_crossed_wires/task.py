"""Eight noisy readings in, the eight clean ones out; an encoder and a decoder of exactly the same shapes."""

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training, r2

# Four hidden causes, each read by two of the eight sensors, once with either sign.
CAUSES = np.kron(np.eye(4), [[1.0, -1.0]])
NOISE = 0.3


def data(seed: int) -> Data:
    rng = np.random.default_rng(seed)
    clean = rng.normal(size=(384, 4)) @ CAUSES
    noisy = clean + NOISE * rng.normal(size=(384, 8))
    x, y = noisy.astype("float32"), clean.astype("float32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def model() -> keras.Model:
    encoder = keras.layers.Dense(8, activation="tanh", name="encoder")
    decoder = keras.layers.Dense(8, name="decoder")
    return keras.Sequential([keras.Input((8,)), encoder, decoder])


def optimizer() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.5)


def loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.square(y_true - y_pred))


TASK = Training(
    data=data,
    model=model,
    optimizer=optimizer,
    loss=loss,
    metrics={"r2": r2},
)
