"""Repair TW216: what a linear layer made goes through a ReLU before another layer takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "ReLU between the linear layers"


def install(session: Session) -> None:
    """Mark what linear layers make, and bend it where another one takes it. Twice is the same as once."""

    def call(original: Any, layer: Any, x: Any, *args: Any, **kwargs: Any) -> Any:
        bent = keras.ops.relu(x) if getattr(x, "_trainwhy_linear", False) else x
        result = original(layer, bent, *args, **kwargs)
        if getattr(layer, "activation", None) is keras.activations.linear:
            result._trainwhy_linear = True
        return result

    for kind in (keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D):
        session.wrap(kind, "call", call)
