"""Variables that the forward pass uses and no layer lists: a tape sees them, and nobody asks for their gradient."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import UntrackedSeen

TAPES = 6  # whose watched variables are read
DEPTH = 4  # of objects inside a layer that are searched
MOST = 12
PLAIN = (str, bytes, int, float, np.ndarray, type(None), type, tf.Tensor, keras.optimizers.Optimizer)


class Watched:
    """Variables a tape saw, and those that somebody asked for."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}  # by handle
        self.start: dict[str, Any] = {}
        self.asked: set[str] = set()
        self.gradients: dict[str, float] = {}
        self.tapes = 0


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Read what the first tapes watched; in a look, ask for the gradients that nobody asked for."""
    del recorder
    watched = Watched()
    session.watched = watched  # type: ignore[attr-defined]  # finish reads it
    plain = inspect.unwrap(tf.GradientTape.gradient)

    def leave(original: Callable[..., Any], tape: Any, *details: Any) -> Any:
        if session.running and watched.tapes < TAPES:
            with session.harness_in_control():
                _remember(session, watched, tape)
        return original(tape, *details)

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(tape, target, sources, *args, **kwargs)
        with session.harness_in_control():
            for source in tf.nest.flatten(sources) if sources is not None else ():
                if tensors.is_variable(source):
                    watched.asked.add(tensors.handle_key(source) or "")
        if not _may_ask(session, tape):
            return original(tape, target, sources, *args, **kwargs)
        inside = tape._tape
        try:
            answer = original(tape, target, sources, *args, **kwargs)
            with session.harness_in_control():
                consumed, tape._tape = tape._tape, inside
                _ask(watched, lambda extra: plain(tape, target, extra))
                tape._tape = consumed
        finally:
            if not tape._persistent:
                tape._tape = None
        return answer

    _keep_tapes(session)
    session.wrap(tf.GradientTape, "__exit__", leave)
    session.wrap(tf.GradientTape, "gradient", gradient)


def _keep_tapes(session: ScriptSession) -> None:
    def enter(original: Callable[..., Any], tape: Any) -> Any:
        if not session.running or not session.looking or session.step or not hasattr(tape, "_persistent"):
            return original(tape)
        kept, tape._persistent = tape._persistent, True  # what TensorFlow keeps of the forward pass is asked twice
        try:
            return original(tape)
        finally:
            tape._persistent = kept

    session.wrap(tf.GradientTape, "__enter__", enter)


def _may_ask(session: ScriptSession, tape: Any) -> bool:
    """A look may ask a tape twice. Private names; without them the gradient stays unknown."""
    usable = getattr(tape, "_tape", None) is not None and getattr(tape, "_recording", True) is False
    return session.looking and session.step == 0 and usable and hasattr(tape, "_persistent")


def _remember(session: ScriptSession, watched: Watched, tape: Any) -> None:
    watched.tapes += 1
    known = _tracked(session)
    with tf.init_scope():
        for variable in tape.watched_variables():
            key = tensors.handle_key(variable)
            if key and key not in known and key not in watched.seen and len(watched.seen) < 10 * MOST:
                watched.seen[key] = variable
                values = tensors.array(tensors.raw_variable(variable))
                watched.start[key] = None if values is None else np.array(values)


def _tracked(session: ScriptSession) -> set[str]:
    return {tensors.handle_key(v) or "" for model in session.everything.models for v in getattr(model, "variables", ())}


def _ask(watched: Watched, gradient: Callable[[list[Any]], Any]) -> None:
    lost = [key for key in watched.seen if key not in watched.asked and key not in watched.gradients]
    if not lost or len(lost) > MOST:
        return
    for key, answer in zip(lost, gradient([watched.seen[key] for key in lost]), strict=True):
        values = tensors.array(answer)
        watched.gradients[key] = (
            0.0 if values is None else float(np.sqrt(np.mean(np.square(values.astype(np.float64)))))
        )


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Name the layer that holds each variable nobody lists and nobody asked for."""
    watched: Watched = session.watched  # type: ignore[attr-defined]
    known = _tracked(session) | watched.asked
    lost = {key: variable for key, variable in watched.seen.items() if key not in known}
    if not lost:
        return
    lines = getattr(getattr(session, "units", None), "variables", {})
    for key, (owner, attribute) in _holders(session, lost).items():
        now, before = tensors.array(tensors.raw_variable(lost[key])), watched.start.get(key)
        made = lines.get(key, ())
        recorder.untracked.append(
            UntrackedSeen(
                name=tensors.variable_name(lost[key]),
                owner=type(owner).__name__,
                attribute=attribute,
                shape=tensors.shape(lost[key]),
                line=made[0] if made else None,
                gradient=watched.gradients.get(key),
                moved=before is None or now is None or not np.array_equal(before, now, equal_nan=True),
            )
        )


def _holders(session: ScriptSession, lost: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Find the layer, and its attribute, under which each variable can be reached."""
    found: dict[str, tuple[Any, str]] = {}
    layers = [layer for model in session.everything.models for layer in _layers(model)]
    visited = {id(layer) for layer in layers}  # what a layer of its own holds is that layer's
    for layer in layers:
        for name, value in list(vars(layer).items()):
            for variable in () if name.startswith("_") else _inside(value, DEPTH, visited):
                key = tensors.handle_key(variable) or ""
                if key in lost:
                    found.setdefault(key, (layer, name))
    return found


def _layers(model: Any) -> list[Any]:
    flatten = getattr(model, "_flatten_layers", None)
    return list(flatten()) if flatten else [model]


def _inside(value: Any, depth: int, visited: set[int]) -> Iterator[Any]:
    if tensors.is_variable(value):
        yield value
        return
    if depth == 0 or id(value) in visited or isinstance(value, PLAIN) or inspect.isroutine(value):
        return
    if isinstance(value, (list, tuple, set)):
        parts = list(value)
    else:
        parts = list(value.values() if isinstance(value, dict) else getattr(value, "__dict__", {}).values())
    visited.add(id(value))
    for part in parts[:100]:
        yield from _inside(part, depth - 1, visited)
