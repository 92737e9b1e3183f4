"""Repair TW422: a layer that is given what a sigmoid or tanh layer made gets what a ReLU would have made of it.

What the activation was given is remembered on its result, and used only where another layer with a kernel takes it, so
the model's own output stays as it is. Kernels that are drawn very small are scaled to what their inputs allow.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.new_weights import on_new_weights

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "hidden sigmoids and tanhs replaced by ReLU, and small kernels drawn larger"
SMALL = 0.3


def install(session: Session) -> None:
    """Remember what goes into sigmoid and tanh, and hand on ReLU of it."""
    on_new_weights(session, _scaled)
    for owner in (tf, tf.nn, tf.math):
        for name in ("sigmoid", "tanh"):
            if hasattr(owner, name):
                session.wrap(owner, name, _remembered)

    def call(original: Any, layer: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
        before = getattr(x, "_trainwhy_before", None)
        return original(layer, tf.nn.relu(before) * math.sqrt(2.0) if before is not None else x, *args, **kwargs)

    for kind in (keras.layers.Dense, keras.layers.Conv2D, keras.layers.Conv1D):
        session.wrap(kind, "call", call)


def _remembered(original: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
    result = original(x, *args, **kwargs)
    if isinstance(result, tf.Tensor):
        result._trainwhy_before = x
    return result


def _scaled(values: np.ndarray[Any, Any], _generator: np.random.Generator) -> np.ndarray[Any, Any] | None:
    if values.ndim < 2 or values.shape[-1] < 2:  # noqa: PLR2004 - a matrix
        return None
    size = float(np.sqrt(np.mean(np.square(values.astype(np.float64))))) * math.sqrt(math.prod(values.shape[:-1]))
    return values / size if 0 < size < SMALL else None
