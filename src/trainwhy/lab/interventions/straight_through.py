"""Repair TW106: rounding passes the gradient on as if it were not there.

TensorFlow looks up the gradient of an operation by the operation's name, for eager tapes and for graphs alike. The
forward values stay rounded.
"""

from __future__ import annotations

from typing import Any

from trainwhy.lab.session import Session

WORDS = "the gradient passed straight through the rounding"
ROUNDING = ("Round", "Rint", "Floor", "Ceil", "Sign")


def install(session: Session) -> None:
    """Register other gradients for the rounding operations."""
    from tensorflow.python.framework import ops

    registry = ops.gradient_registry._registry
    for name in ROUNDING:
        _register(session, registry, name, _same)
    _register(session, registry, "FloorDiv", _divided)


def _register(session: Session, registry: dict[str, Any], name: str, function: Any) -> None:
    before = registry[name]
    registry[name] = {**before, "type": function}

    def undo() -> None:
        registry[name] = before

    session.patches.callback(undo)


def _same(_op: Any, gradient: Any) -> Any:
    return gradient


def _divided(op: Any, gradient: Any) -> Any:
    return [gradient / op.inputs[1], None]
