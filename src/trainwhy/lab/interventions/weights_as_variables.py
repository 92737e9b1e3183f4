"""Repair TW135 in a whole script: constants and arrays that stand where weights belong become variables.

Tensors that the script makes at the top of its work become variables; random arrays in layers of its own become weights
of these layers before they are used.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.session import Session

MAKERS = ("constant", "convert_to_tensor", "zeros", "ones")
RANDOM = ("normal", "uniform", "truncated_normal")


def install(session: Session) -> None:
    """Watch constants being made and layers being used."""
    opened = [0]

    def make(original: Any, *args: Any, **kwargs: Any) -> Any:
        value = original(*args, **kwargs)
        outside = session.running and not opened[0] and tf.executing_eagerly() and session.called_by_learner()
        plain = isinstance(value, tf.Tensor) and value.dtype.is_floating and value.shape.rank in (1, 2)
        return tf.Variable(value) if outside and plain else value

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not isinstance(layer, keras.Model) and not _of_a_library(layer):
            _fill(layer)
        return original(layer, *args, **kwargs)

    def entered(original: Any, tape: Any) -> Any:
        opened[0] += 1
        return original(tape)

    for owner, names in ((tf, MAKERS), (tf.random, RANDOM)):
        for name in names:
            session.wrap(owner, name, make)
    session.wrap(tf.GradientTape, "__enter__", entered)
    session.wrap(keras.layers.Layer, "__call__", call)


def _of_a_library(layer: Any) -> bool:
    return type(layer).__module__.split(".")[0] in ("keras", "tensorflow", "tf_keras")


def _fill(layer: Any) -> None:
    if layer.weights:
        return
    for name, value in list(vars(layer).items()):
        tensor = isinstance(value, tf.Tensor) or tf.is_tensor(value)
        array = (
            value if isinstance(value, np.ndarray) else value.numpy() if tensor and hasattr(value, "numpy") else None
        )
        if isinstance(array, np.ndarray) and array.dtype.kind == "f" and array.ndim and not name.startswith("_"):
            start = keras.initializers.Constant(0.0)
            layer._tracker.unlock()
            variable = layer.add_weight(shape=array.shape, initializer=start, name=name)
            variable.assign(array)
            setattr(layer, name, variable)
