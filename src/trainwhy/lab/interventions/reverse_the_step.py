"""Repair TW113: every gradient that the learner's tape returns points the other way.

Negating at the tape repairs both forms at once, a flipped update and a flipped loss, and it works while a graph is
being traced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the direction of every step reversed"


def install(session: Session) -> None:
    """Negate what `tape.gradient` returns."""

    def gradient(original: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        return tf.nest.map_structure(_negated, answer) if session.running else answer

    session.wrap(tf.GradientTape, "gradient", gradient)


def _negated(gradient: Any) -> Any:
    if gradient is None:
        return None
    if isinstance(gradient, tf.IndexedSlices):
        return tf.IndexedSlices(-gradient.values, gradient.indices, gradient.dense_shape)
    return -gradient
