"""Repair TW409: a layer made again in a later call is the one that was made there first."""

from __future__ import annotations

from typing import Any

import keras

from trainwhy.lab.session import Session

WORDS = "the layers of the first call kept"


def install(session: Session) -> None:
    """Let layers made on one line, by one layer, share one state."""
    stack: list[tuple[Any, list[int]]] = []
    first: dict[Any, Any] = {}
    making = [0]

    def call(original: Any, layer: Any, *args: Any, **kwargs: Any) -> Any:
        stack.append((layer, [0]))
        try:
            return original(layer, *args, **kwargs)
        finally:
            stack.pop()

    def meta(original: Any, kind: Any, *args: Any, **kwargs: Any) -> Any:
        from trainwhy.lab.scripts.probes.created import in_call

        if not session.running or not stack or making[0] or issubclass(kind, keras.Model) or not in_call(session):  # type: ignore[arg-type]  # a script's session
            return original(kind, *args, **kwargs)
        parent, count = stack[-1]
        count[0] += 1
        key = (id(parent), session.line(), count[0])
        if key not in first:
            making[0] += 1
            try:
                first[key] = original(kind, *args, **kwargs)
            finally:
                making[0] -= 1
            parent._tracker.unlock()
            setattr(parent, f"kept_{len(first)}", first[key])
        return first[key]

    session.wrap(keras.layers.Layer, "__call__", call)
    session.wrap(type(keras.layers.Layer), "__call__", meta)
