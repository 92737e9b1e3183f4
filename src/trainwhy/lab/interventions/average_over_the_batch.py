"""Repair TW117: every gradient is divided by the number of rows, as if the loss had been a mean over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the loss averaged over the batch"


def install(session: Session) -> None:
    """Divide what `tape.gradient` returns by the batch size."""

    def gradient(original: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        if not session.running:
            return answer
        rows = _rows(session)
        return tf.nest.map_structure(lambda value: _divided(value, rows), answer)

    session.wrap(tf.GradientTape, "gradient", gradient)


def _rows(session: Session) -> int:
    # A traced step keeps the number it was traced with; TensorFlow traces again for a batch of another shape.
    if session.batch is None:
        return session.task.batch_size
    return int(session.batch[0].shape[0])


def _divided(gradient: Any, rows: int) -> Any:
    if gradient is None:
        return None
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(gradient.values / rows, gradient.indices, gradient.dense_shape)
    return gradient / rows
