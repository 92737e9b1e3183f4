"""Repair TW409: a layer made again in a later call hands on to the one that was made there first."""

from __future__ import annotations

import weakref
from typing import Any

import keras

from trainwhy.lab.session import Session

WORDS = "the layers of the first call kept"


def install(session: Session) -> None:
    """Let layers made on one line, by one layer, share one state."""
    stack: list[tuple[Any, list[int]]] = []
    first: dict[Any, Any] = {}
    twins: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()

    def create(original: Any, layer: Any, *args: Any, **kwargs: Any) -> None:
        from trainwhy.lab.scripts.probes.created import in_call

        original(layer, *args, **kwargs)
        if not session.running or not stack or isinstance(layer, keras.Model) or not in_call(session):  # type: ignore[arg-type]  # a script's session
            return
        parent, count = stack[-1]
        count[0] += 1
        key = (id(parent), session.line(), count[0])
        if key in first:
            twins[layer] = first[key]
            return
        first[key] = layer
        parent._tracker.unlock()
        setattr(parent, f"kept_{len(first)}", layer)

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        layer = twins.get(layer, layer)
        stack.append((layer, [0]))
        try:
            return original(layer, *args, **kwargs)
        finally:
            stack.pop()

    session.wrap(keras.layers.Layer, "__init__", create)
    session.wrap(keras.layers.Layer, "__call__", call)
