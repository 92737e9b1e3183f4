"""Repair TW123: calls made while a tape records run in training mode.

Only the outermost call is changed. What it calls in turn follows from it, so a part that was put into inference mode on
purpose when the model was made stays there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "`training=True` passed while the tape records"


def install(session: Session) -> None:
    """Pass `training=True` to every outermost layer call under a tape."""
    tapes, calls = [0], [0]

    def entered(original: Any, *args: Any, **kwargs: Any) -> Any:
        tapes[0] += 1
        return original(*args, **kwargs)

    def left(original: Any, *args: Any, **kwargs: Any) -> Any:
        tapes[0] -= 1
        return original(*args, **kwargs)

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        outermost = session.running and tapes[0] > 0 and calls[0] == 0
        if outermost and getattr(layer, "_call_has_training_arg", True):
            kwargs["training"] = True
        calls[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            calls[0] -= 1

    session.wrap(tf.GradientTape, "__enter__", entered)
    session.wrap(tf.GradientTape, "__exit__", left)
    session.wrap(keras.Layer, "__call__", call)
