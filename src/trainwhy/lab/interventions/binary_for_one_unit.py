"""Repair TW223: a categorical cross-entropy over one column becomes a binary one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "a binary cross-entropy on the one output"


def install(session: Session) -> None:
    """Exchange the function underneath every form of the loss."""
    from keras.src import backend

    def categorical(original: Any, target: Any, output: Any, *args: Any, **kwargs: Any) -> Any:
        shape: Any = getattr(output, "shape", ())
        if len(shape) < 2 or shape[-1] != 1:  # noqa: PLR2004 - rows of one column
            return original(target, output, *args, **kwargs)
        from_logits = bool(kwargs.get("from_logits", args[0] if args else False))
        return keras.ops.mean(keras.ops.binary_crossentropy(target, output, from_logits=from_logits), axis=-1)

    session.wrap(backend.nn, "categorical_crossentropy", categorical)
