"""Repair TW404: what is set on an optimizer under another name for the rate is set as its `learning_rate` too."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "`learning_rate` set instead"
NAMES = {"lr", "learningrate", "learnrate", "lrate"}


def install(session: Session) -> None:
    """Pass the value on to the attribute that Keras reads."""

    def set_attribute(original: Any, optimizer: Any, name: str, value: Any) -> None:
        known = name == "learning_rate" or name[:1] == "_" or hasattr(type(optimizer), name)
        original(optimizer, name, value)
        if (
            session.running
            and not known
            and name.replace("_", "").lower() in NAMES
            and hasattr(optimizer, "learning_rate")
        ):
            with contextlib.suppress(TypeError, ValueError):  # a schedule cannot be replaced
                optimizer.learning_rate = value

    session.wrap(keras.optimizers.Optimizer, "__setattr__", set_attribute)
