"""Repair TW217: a softmax or sigmoid of what another one made hands it on as it is.

Keras writes on a result what its activation was given, and its losses compute with that. Behind a repair this would
bring the second activation back, so such a result reaches the loss as a plain tensor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the second activation left out"
LOSSES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")


def install(session: Session) -> None:
    """Mark results, and let marked inputs through."""
    from keras.src import backend

    for owner in (tf, tf.nn, tf.math):
        for name in ("softmax", "sigmoid"):
            if hasattr(owner, name):
                session.wrap(owner, name, _once)
    for name in LOSSES:
        session.wrap(backend.nn, name, _plain)


def _once(original: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
    before = getattr(x, "_trainwhy_squashed", False)
    result = tf.identity(x) if before else original(x, *args, **kwargs)
    if isinstance(result, tf.Tensor):
        result._trainwhy_squashed = True
        result._trainwhy_kept = before
    return result


def _plain(original: Any, target: Any, output: Any, *args: Any, **kwargs: Any) -> Any:
    if getattr(output, "_trainwhy_kept", False):
        output = tf.identity(output)
    return original(target, output, *args, **kwargs)
