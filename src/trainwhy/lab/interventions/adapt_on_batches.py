"""Repair TW321: a `Normalization` layer that knows no mean and variance takes those of each batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the layer's mean and variance taken from the data"


def install(session: Session) -> None:
    """Scale by the batch wherever the layer was never adapted."""
    adapted: set[int] = set()

    def adapt(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        adapted.add(id(layer))
        return original(layer, *args, **kwargs)

    def call(original: Any, layer: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        known = id(layer) in adapted or getattr(layer, "input_mean", None) is not None
        if known or not session.running or type(inputs).__name__ == "KerasTensor":
            return original(layer, inputs, *args, **kwargs)
        values = tf.cast(tf.convert_to_tensor(inputs), tf.float32)
        axes = list(range(len(values.shape) - 1))
        mean = tf.reduce_mean(values, axis=axes, keepdims=True)
        return (values - mean) / (tf.math.reduce_std(values, axis=axes, keepdims=True) + 1e-6)

    session.wrap(keras.layers.Normalization, "adapt", adapt)
    session.wrap(keras.layers.Normalization, "call", call)
