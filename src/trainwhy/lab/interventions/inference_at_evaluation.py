"""Repair TW124: a model that is called where no tape records runs in inference mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import tensorflow as tf

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "`training=False` passed where no tape records"


def install(session: ScriptSession) -> None:
    """Change the flag of outermost calls outside of every tape."""
    tapes, calls = [0], [0]

    def entered(original: Any, *args: Any, **kwargs: Any) -> Any:
        tapes[0] += 1
        return original(*args, **kwargs)

    def left(original: Any, *args: Any, **kwargs: Any) -> Any:
        tapes[0] -= 1
        return original(*args, **kwargs)

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not tapes[0] and not calls[0]:
            if len(args) > 1 and args[1] is True:
                args = (args[0], False, *args[2:])
            elif kwargs.get("training"):
                kwargs["training"] = False
        calls[0] += 1
        try:
            return original(layer, *args, **kwargs)
        finally:
            calls[0] -= 1

    session.wrap(tf.GradientTape, "__enter__", entered)
    session.wrap(tf.GradientTape, "__exit__", left)
    session.wrap(keras.Layer, "__call__", call)
