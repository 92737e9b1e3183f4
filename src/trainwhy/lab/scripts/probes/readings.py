"""Lists of variables that were read before they were complete, values given to weights, and idle optimizer state."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import ReadingSeen

MOST = 40
LISTS = ("trainable_variables", "trainable_weights", "variables", "weights")


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001 - a probe's signature
    """Note what the script reads from models, and which weights it gives values to before it trains."""
    read: list[tuple[Any, int | None, int, set[Any]]] = []
    kept: set[Any] = set()
    session.readings = read  # type: ignore[attr-defined]  # for the end
    session.idle_state = kept  # type: ignore[attr-defined]

    def getter(name: str) -> property:
        original = getattr(keras.layers.Layer, name)

        def get(layer: Any) -> Any:
            found = original.fget(layer)
            asked = session.running and not session.begun and len(read) < MOST and session.called_by_learner()
            if asked and not (found and getattr(layer, "built", False)):
                read.append((weakref.ref(layer), session.line(), len(found), {_key(v) for v in found}))
            return found

        return property(get, original.fset, original.fdel, original.__doc__)

    for name in LISTS:
        session.replace(keras.layers.Layer, name, getter(name))
    for name in ("trainable_variables", "trainable_weights"):
        if name in vars(keras.Model):
            session.replace(keras.Model, name, _like(session, read, name))
    session.wrap(keras.optimizers.Optimizer, "build", _build(session, kept))
    session.wrap(keras.Variable, "assign", _assign(session))


def _like(session: ScriptSession, read: list[Any], name: str) -> property:
    original = vars(keras.Model)[name]

    def get(model: Any) -> Any:
        found = original.fget(model)
        asked = session.running and not session.begun and len(read) < MOST and session.called_by_learner()
        if asked and not (found and getattr(model, "built", False)):
            read.append((weakref.ref(model), session.line(), len(found), {_key(v) for v in found}))
        return found

    return property(get, original.fset)


def _build(session: ScriptSession, kept: set[Any]) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], optimizer: Any, variables: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            kept.update(_key(v) for v in variables if not getattr(v, "trainable", True))
        return original(optimizer, variables, *args, **kwargs)

    return wrapper


def _assign(session: ScriptSession) -> Callable[..., Any]:
    def wrapper(original: Callable[..., Any], variable: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and not session.begun:
            session.given.add(_key(variable))
        return original(variable, *args, **kwargs)

    return wrapper


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Compare what was read then with what is there now."""
    for reference, line, count, keys in session.readings:  # type: ignore[attr-defined]
        layer = reference()
        now = list(getattr(layer, "trainable_variables", None) or ())
        missing = [session.name_of(v) for v in now if _key(v) not in keys]
        if missing:
            recorder.readings.append(ReadingSeen(line, str(layer.name), count, tuple(missing)))
    given = [session.name_of(v) for v in session.everything.variables if _key(v) in session.given]
    recorder.facts["given_weights"] = "|".join(given)
    recorder.facts["idle_state"] = len(session.idle_state)  # type: ignore[attr-defined]


def _key(variable: Any) -> Any:
    return tensors.handle_key(variable) or id(variable)
