"""Repair TW418: a model that is compiled again as it was goes on with the optimizer it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.session import Session

WORDS = "the first `compile` kept"


def install(session: Session) -> None:
    """Pass over a later `compile` on the same line, when the same weights stand open."""
    first: dict[tuple[int, int | None], list[int]] = {}

    def compile_(original: Any, model: Any, *args: Any, **kwargs: Any) -> Any:
        key = (id(model), session.line() if hasattr(session, "line") else None)
        now = [id(v) for v in getattr(model, "trainable_variables", ())]
        if session.running and key in first and (not first[key] or first[key] == now):
            return None
        first[key] = now
        return original(model, *args, **kwargs)

    session.wrap(keras.Model, "compile", compile_)
