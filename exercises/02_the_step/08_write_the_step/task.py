"""Points in four dimensions, three groups with fixed centres; a model whose layers care about training mode."""

from collections.abc import Sequence

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training, accuracy
from trainwhy.results import Goal, Run

GROUPS = 3
CENTRES = 3.0 * np.eye(GROUPS, 4)  # fixed and far apart, so that every seed gives the same task
MANY = ("none", "tuple", "list", "dict", "model")  # kinds of results that have no shape and are no number
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data(seed: int) -> Data:
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(384) % GROUPS)
    x = 1.0 + CENTRES[y] + rng.normal(size=(384, 4))
    x, y = x.astype("float32"), y.astype("int64")
    return Data(x[:256], y[:256], x[256:], y[256:])


def model() -> keras.Model:
    return keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(16),
            keras.layers.BatchNormalization(momentum=0.9),
            keras.layers.ReLU(),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(GROUPS),
        ]
    )


def optimizer() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.1)


def loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return LOSS(y_true, y_pred)


def check(run: Run) -> Sequence[Goal]:
    """The step hands back one number; `None` is caught before this."""
    given = run.returned
    one = given is not None and given.shape == () and given.kind not in MANY
    words = "`train_step` returns the loss of its batch as one number, so that it can be watched"
    return [Goal("scalar-loss", float(one), 1.0, "==", one, "" if one else words)]


TASK = Training(
    data=data,
    model=model,
    optimizer=optimizer,
    loss=loss,
    metrics={"accuracy": accuracy},
    extra={"loss_fn": LOSS},
    same_weights=1e-4,
    check=check,
)
