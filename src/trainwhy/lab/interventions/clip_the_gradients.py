"""Repair TW414: the gradients of each step are cut to length 1 together; what is not finite counts as zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "gradients cut to length 1"


def install(session: Session) -> None:
    """Clip what `tape.gradient` returns."""

    def gradient(original: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        return _clipped(answer) if session.running else answer

    session.wrap(tf.GradientTape, "gradient", gradient)


def _clipped(answer: Any) -> Any:
    flat = [None if g is None else tf.convert_to_tensor(g) for g in tf.nest.flatten(answer)]
    flat = [None if g is None else tf.where(tf.math.is_finite(g), g, tf.zeros_like(g)) for g in flat]
    if all(g is None for g in flat):
        return answer
    clipped, _ = tf.clip_by_global_norm(flat, 1.0)
    return tf.nest.pack_sequence_as(answer, clipped)
