"""Repair TW407: `trainable = False` is not obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "nothing frozen"


def install(session: Session) -> None:
    """Leave layers open, whatever is set on them."""
    known = vars(keras.layers.Layer).get("trainable")

    def make(original: Any, layer: Any, *args: Any, **kwargs: Any) -> None:
        if session.running and kwargs.get("trainable") is False:
            kwargs["trainable"] = True
        original(layer, *args, **kwargs)

    if isinstance(known, property) and known.fset is not None:
        assign = known.fset

        def set_(layer: Any, value: Any) -> None:
            assign(layer, True if session.running else value)

        session.replace(keras.layers.Layer, "trainable", property(known.fget, set_, known.fdel, known.__doc__))
    session.wrap(keras.layers.Layer, "__init__", make)
