"""Repair TW118: where rows would meet all other rows, `(N,)` is given the axis that `(N, 1)` has.

TensorFlow's arithmetic goes through few functions; the shapes of the two sides are compared before each runs, eagerly
and while a function is traced. Where a size is not known in a graph, two unknown sizes count as one.
"""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from trainwhy.lab.arithmetic import stretched, wrap_all
from trainwhy.lab.session import Session

WORDS = "both sides given the same rank"


def install(session: Session) -> None:
    """Align the two sides of every operation of the script's own while a tape records."""

    def aligned(original: Any, left: Any, right: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running or not stretched(left, right):
            return original(left, right, *args, **kwargs)
        with session.harness_in_control():
            if len(left.shape) < len(right.shape):
                left = tf.expand_dims(left, -1)
            else:
                right = tf.expand_dims(right, -1)
        return original(left, right, *args, **kwargs)

    wrap_all(session, aligned)
