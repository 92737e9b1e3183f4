"""Which layers are running, and on which lines they were made: of a layer made by Keras alone nothing else is known."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras

from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001 - a probe's signature
    """Keep a stack of running layers, while the script is looked at."""
    if not session.looking:
        return
    made: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()

    def create(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> None:
        original(layer, *args, **kwargs)
        if session.running:
            made[layer] = session.line()

    def call(original: Callable[..., Any], layer: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(layer, *args, **kwargs)
        session.layers.append((None if session.layers else session.line(), made.get(layer)))
        try:
            return original(layer, *args, **kwargs)
        finally:
            session.layers.pop()

    session.wrap(keras.layers.Layer, "__init__", create)
    session.wrap(keras.layers.Layer, "__call__", call)
