"""Repair TW132: gradients are asked for at a scale that half floats can hold, and scaled back before they are applied.

An optimizer that divides by its own scale gets them scaled up by exactly that.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from trainwhy.lab.session import Session

WORDS = "the loss scaled up for the gradients"
SCALE = 2.0**13


def install(session: Session) -> None:
    """Scale what each tape is asked about."""

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or not isinstance(target, tf.Tensor) or kwargs.get("output_gradients") is not None:
            return original(tape, target, sources, *args, **kwargs)
        scaling = [
            o for o in getattr(session, "optimizers", ()) if isinstance(o, keras.mixed_precision.LossScaleOptimizer)
        ]
        scale = _scale_of(scaling[-1]) if scaling else tf.constant(SCALE)
        up = tf.fill(tf.shape(target), tf.cast(scale, target.dtype))
        answer = original(tape, target, sources, *args, output_gradients=up, **kwargs)
        return answer if scaling else tf.nest.map_structure(_down, answer)

    session.wrap(tf.GradientTape, "gradient", gradient)


def _scale_of(optimizer: Any) -> Any:
    known = optimizer.dynamic_scale if optimizer.built else optimizer.initial_scale
    return tf.cast(tf.convert_to_tensor(known), tf.float32)


def _down(gradient: Any) -> Any:
    if gradient is None or isinstance(gradient, tf.IndexedSlices):
        return gradient
    return gradient / tf.cast(SCALE, gradient.dtype)
