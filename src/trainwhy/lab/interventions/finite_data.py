"""Repair TW304: zeros take the place of NaN and infinity in what models and losses are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "zeros in place of what is not finite"


def install(session: Session) -> None:
    """Clean the arguments of every outermost layer call and of every loss."""
    depth = [0]

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if not depth[0] and session.running and args:
            args = (tf.nest.map_structure(_finite, args[0]), *args[1:])
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    def loss(original: Any, owner: Any, y_true: Any, *args: Any, **kwargs: Any) -> Any:
        return original(owner, tf.nest.map_structure(_finite, y_true), *args, **kwargs)

    def slices(tensors: Any, *args: Any, **kwargs: Any) -> Any:
        return original_slices(tf.nest.map_structure(_finite, tensors), *args, **kwargs)

    def fit(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        args = tuple(_arrays(value) for value in args)
        kwargs = {name: _arrays(value) if name in ("x", "y") else value for name, value in kwargs.items()}
        return original(model, *args, **kwargs)

    original_slices = tf.data.Dataset.from_tensor_slices
    session.replace(tf.data.Dataset, "from_tensor_slices", staticmethod(slices))
    session.wrap(keras.Layer, "__call__", call)
    session.wrap(keras.losses.Loss, "__call__", loss)
    session.wrap(keras.Model, "fit", fit)


def _arrays(value: Any) -> Any:
    import numpy as np

    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return np.nan_to_num(value, nan=0.0, posinf=0.0, neginf=0.0)
    return value


def _finite(value: Any) -> Any:
    if type(value).__name__ == "KerasTensor" or not hasattr(value, "dtype"):
        return value
    tensor = tf.convert_to_tensor(value)
    if not tensor.dtype.is_floating:
        return value
    return tf.where(tf.math.is_finite(tensor), tensor, tf.zeros_like(tensor))
