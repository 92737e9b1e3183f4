"""Repair TW413: what goes into a sigmoid or tanh of some width is brought to deviation 1 where it is larger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the inputs of sigmoid and tanh brought to deviation 1"
FEWEST = 4


def install(session: Session) -> None:
    """Scale before the functions under each of their names."""
    for owner in (tf, tf.nn, tf.math):
        for name in ("sigmoid", "tanh"):
            if hasattr(owner, name):
                session.wrap(owner, name, _scaled)


def _scaled(original: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
    shape = getattr(x, "shape", None)
    if shape is None or not shape.rank or (shape[-1] or 0) < FEWEST or not x.dtype.is_floating:
        return original(x, *args, **kwargs)
    size = tf.stop_gradient(tf.math.reduce_std(x))
    return original(x / tf.maximum(size, tf.ones_like(size)), *args, **kwargs)
