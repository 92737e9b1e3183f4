"""What the learner's tapes are asked for, and what they answer, in eager mode and inside `tf.function`."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.recorder import DETAIL, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Gradient, GradientCall, Source

ORIGINS = 4096  # gradient tensors whose variable is remembered


def install(session: Session, recorder: Recorder) -> None:
    """Watch every `tf.GradientTape` that is used while the learner is in control."""
    lines: dict[int, int | None] = {}
    serials = itertools.count()

    def enter(original: Callable[..., Any], tape: Any) -> Any:
        if session.running:
            session.recording += 1
            if recorder.gradient_call_count < DETAIL:
                lines[id(tape)] = session.line()
        return original(tape)

    def leave(original: Callable[..., Any], tape: Any, *details: Any) -> Any:
        if session.running and session.recording:
            session.recording -= 1
        return original(tape, *details)

    def gradient(original: Callable[..., Any], tape: Any, target: Any, sources: Any, *args: Any, **kwargs: Any) -> Any:
        if not session.running:
            return original(tape, target, sources, *args, **kwargs)
        watched = tape.watched_variables() if recorder.gradient_call_count < DETAIL else ()
        line = session.line() if recorder.gradient_call_count < DETAIL else None
        answer: Any = ()  # what is kept of a question that raises
        try:
            answer = original(tape, target, sources, *args, **kwargs)
        finally:
            with session.harness_in_control():
                _record(session, recorder, next(serials), line, lines.get(id(tape)), watched, target, sources, answer)
        return answer

    session.wrap(tf.GradientTape, "__enter__", enter)
    session.wrap(tf.GradientTape, "__exit__", leave)
    session.wrap(tf.GradientTape, "gradient", gradient)


def _record(
    session: Session,
    recorder: Recorder,
    serial: int,
    line: int | None,
    tape_line: int | None,
    watched: Any,
    target: Any,
    sources: Any,
    answer: Any,
) -> None:
    recorder.gradient_call_count += 1
    wanted, given = _flat(sources), _flat(answer)
    symbolic = any(tensors.is_symbolic(g) for g in given) or tensors.is_symbolic(target)
    _remember_origins(session, recorder, serial, wanted, given)
    # Inside tf.function the answers have no values yet, and an operation that read them later would keep TensorFlow's
    # optimizer from fusing them: the training would differ in its last bits. So their size stays unobserved there.
    recorder.traced_calls += symbolic
    norm = None if symbolic else _norm(given)
    if norm is not None:
        recorder.norms.append(norm)
    if session.step == 0 and not recorder.first_gradients:
        recorder.first_gradients = _by_variable(session, wanted, given)
        recorder.first_norm = norm
    if len(recorder.gradient_calls) < DETAIL:
        recorder.gradient_calls.append(
            GradientCall(
                serial=serial,
                step=session.step,
                line=line,
                in_graph=symbolic,
                target=tensors.key(target),
                target_kind=_kind(target),
                target_shape=tensors.shape(target),
                target_dtype=str(getattr(getattr(target, "dtype", None), "name", "")),
                sources=tuple(_source(session, s) for s in wanted),
                gradients=tuple(_gradient(g) for g in given),
                watched=tuple(tensors.variable_name(v) for v in watched),
                tape_line=tape_line,
            )
        )


def _flat(value: Any) -> list[Any]:
    return [value] if value is None else list(tf.nest.flatten(value))


def _norm(gradients: list[Any]) -> float | None:
    arrays = [tensors.array(g) for g in gradients if g is not None]
    total = sum(float(np.vdot(a, a).real) for a in arrays if a is not None and a.size)
    return float(np.sqrt(total)) if arrays else None


def _remember_origins(
    session: Session, recorder: Recorder, serial: int, sources: list[Any], gradients: list[Any]
) -> None:
    for source, gradient in zip(sources, gradients, strict=False):
        name = tensors.key(gradient)
        if name is not None:
            recorder.origins[name] = (serial, session.name_of(source) if tensors.is_variable(source) else None)
    while len(recorder.origins) > ORIGINS:
        recorder.origins.pop(next(iter(recorder.origins)))


def _by_variable(session: Session, sources: list[Any], gradients: list[Any]) -> dict[str, Any]:
    found = {}
    for source, gradient in zip(sources, gradients, strict=False):
        values = tensors.array(gradient)
        if values is not None and tensors.is_variable(source):
            found[session.name_of(source)] = np.array(values)
    return found


def _kind(target: Any) -> Any:
    if target is None:
        return "none"
    if isinstance(target, tf.Tensor):
        return "tensor"
    if isinstance(target, (list, tuple, dict)):
        return "list"
    return "array" if isinstance(target, (np.ndarray, np.generic)) else "other"


def _source(session: Session, source: Any) -> Source:
    shape = tensors.shape(source)
    if tensors.is_variable(source):
        return Source("variable", session.name_of(source), shape, bool(getattr(source, "trainable", True)))
    if isinstance(source, tf.Tensor):
        return Source("tensor", "tensor", shape, trainable=False, tensor=tensors.key(source))
    kind = "array" if isinstance(source, (np.ndarray, np.generic)) else "other"
    return Source(kind, type(source).__name__, shape, trainable=False)  # type: ignore[arg-type]  # a Literal above


def _gradient(gradient: Any) -> Gradient:
    values = tensors.array(gradient)
    if gradient is None or values is None:
        return Gradient(gradient is not None, tensor=tensors.key(gradient))
    norm = float(np.linalg.norm(values))
    return Gradient(present=True, norm=norm, finite=bool(np.isfinite(norm)), tensor=tensors.key(gradient))
