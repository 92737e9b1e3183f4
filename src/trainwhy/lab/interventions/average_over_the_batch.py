"""Repair TW117: every gradient is divided by the number of rows, as if the loss had been a mean over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the loss averaged over the batch"


def install(session: Session) -> None:
    """Divide what `tape.gradient` returns by the batch size."""
    given: list[Any] = []  # what the outermost layer was given while a tape records: its rows are the batch's

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.recording and args and not given:
            given.append(args[0])
        return original(layer, *args, **kwargs)

    def gradient(original: Any, tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(tape, target, sources, *args, **kwargs)
        if not session.running:
            return answer
        with session.harness_in_control():
            rows = _rows(session, target, given)
            given.clear()
            return answer if rows is None else tf.nest.map_structure(lambda value: _divided(value, rows), answer)

    session.wrap(tf.GradientTape, "gradient", gradient)
    if session.task is None:
        session.wrap(keras.layers.Layer, "__call__", call)


def _rows(session: Session, target: Any, given: list[Any]) -> Any:
    # A traced step keeps the number it was traced with; TensorFlow traces again for a batch of another shape.
    if session.batch is not None:
        return int(session.batch[0].shape[0])
    if session.task is not None:
        return session.task.batch_size
    if isinstance(target, tf.Tensor) and target.shape.rank:
        return tf.size(target)
    first = next(
        (one for one in tf.nest.flatten(given) if isinstance(one, (tf.Tensor, np.ndarray)) and len(one.shape)), None
    )
    return None if first is None else tf.shape(first)[0]


def _divided(gradient: Any, rows: Any) -> Any:
    if gradient is None:
        return None
    values = gradient.values if isinstance(gradient, tf.IndexedSlices) else gradient
    values = values / tf.cast(rows, values.dtype)
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(values, gradient.indices, gradient.dense_shape)
    return values
