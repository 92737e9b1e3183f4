"""Repair TW301: what an outermost model is given is brought to mean 0 and deviation 1, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "every batch of inputs scaled to mean 0 and deviation 1"


def install(session: Session) -> None:
    """Scale the first argument of every outermost call; whole numbers are left alone, they may be word numbers."""
    depth = [0]

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if not depth[0] and session.running and args:
            args = (tf.nest.map_structure(_scaled, args[0]), *args[1:])
        depth[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            depth[0] -= 1

    session.wrap(keras.Layer, "__call__", call)


def _scaled(value: Any) -> Any:
    if type(value).__name__ == "KerasTensor" or not hasattr(value, "shape") or not len(value.shape):
        return value
    tensor = tf.convert_to_tensor(value)
    if not (tensor.dtype.is_floating or tensor.dtype == tf.uint8):
        return value
    tensor = tf.cast(tensor, tf.float32)
    axes = list(range(len(tensor.shape) - 1))
    mean = tf.reduce_mean(tensor, axis=axes, keepdims=True)
    return (tensor - mean) / (tf.math.reduce_std(tensor, axis=axes, keepdims=True) + 1e-6)
