"""Metric objects: updated how often in which epoch, reset or not, read when, and what they said."""

from __future__ import annotations

import functools
import inspect
import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.numbers import numbers
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import MetricSeen, Numbers

MOST = 24
RESULTS = 200


class _Kept:
    """What is known of one metric while the script runs."""

    def __init__(self, metric: Any, line: int | None, *, by_keras: bool) -> None:
        self.metric = metric
        self.line = line
        self.by_keras = by_keras
        self.updates: dict[int, int] = {}
        self.resets = 0
        self.results: list[tuple[int, float]] = []
        self.result_line: int | None = None
        self.given: tuple[Numbers | None, Numbers | None] = (None, None)
        self.between: float | None = None
        self.held: list[tuple[int, float | None, float]] = []
        self.steps: list[int] = []
        self.read_in_graph = False

    def hold(self, session: ScriptSession, value: float | None) -> None:
        """Note what the metric holds right now."""
        amount = _amount(self.metric)
        if amount is not None and len(self.held) < RESULTS:
            self.held.append((session.epoch, value, amount))
            self.steps.append(session.begun)


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:  # noqa: ARG001 - what every probe is given
    """Watch every metric class of Keras, and those that the script defines on top of them."""
    known: weakref.WeakKeyDictionary[Any, _Kept] = weakref.WeakKeyDictionary()
    order: list[_Kept] = []
    session.metrics_kept = order  # type: ignore[attr-defined]

    def kept(metric: Any) -> _Kept | None:
        if metric not in known and len(order) < MOST:
            known[metric] = _Kept(metric, session.line(), by_keras=session.fitting > 0)
            order.append(known[metric])
        return known.get(metric)

    def update(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            with session.harness_in_control():
                _updated(session, kept(metric), args)
        return original(metric, *args, **kwargs)

    def reset(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            _reset(known, metric, kept(metric))
        return original(metric, *args, **kwargs)

    def result(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        value = original(metric, *args, **kwargs)
        if session.running:
            with session.harness_in_control():
                _read(session, known.get(metric) if session.fitting else kept(metric), value)
        return value

    session.epoch_ended.append(functools.partial(_hold_all, session, order))

    session.wrap(keras.metrics.Metric, "__init__", functools.partial(_create, session))
    _wrap_everywhere(session, "update_state", update)
    _wrap_everywhere(session, "reset_state", reset)
    _wrap_everywhere(session, "result", result)


def _create(session: ScriptSession, original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> None:
    original(metric, *args, **kwargs)
    if session.running and not session.fitting:
        with session.harness_in_control():
            metric._trainwhy_line = session.line()


def _reset(known: Any, metric: Any, one: _Kept | None) -> None:
    if one is not None:
        one.resets += 1
        _count_parts(known, metric)


def _updated(session: ScriptSession, one: _Kept | None, args: tuple[Any, ...]) -> None:
    if one is None:
        return
    one.updates[session.epoch] = one.updates.get(session.epoch, 0) + 1
    if one.given == (None, None) and session.looking:
        one.given = (numbers(args[0]) if args else None, numbers(args[1]) if len(args) > 1 else None)
        one.between = _between(args[1], threshold_of(one.metric)) if len(args) > 1 else None


def _read(session: ScriptSession, one: _Kept | None, value: Any) -> None:
    if one is None:
        return
    one.read_in_graph = one.read_in_graph or tensors.is_symbolic(value)
    if session.fitting or tensors.is_symbolic(value):
        return
    number = _number(value)
    one.hold(session, number)
    if number is not None and len(one.results) < RESULTS:
        one.results.append((session.epoch, number))
        one.result_line = one.result_line or session.line()


def _hold_all(session: ScriptSession, order: list[_Kept], _logs: dict[str, Any] | None) -> None:
    """What a graph reads is noted when an epoch is over."""
    for one in order:
        if one.read_in_graph or (one.by_keras and session.fitting):
            one.hold(session, None)


def _wrap_everywhere(session: ScriptSession, name: str, wrapper: Callable[..., Any]) -> None:
    """Each class may define the method anew; a class that calls its parent's is counted once."""
    depth = [0]

    def once(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        if depth[0]:
            return original(metric, *args, **kwargs)
        depth[0] += 1
        try:
            return wrapper(original, metric, *args, **kwargs)
        finally:
            depth[0] -= 1

    kinds = [keras.metrics.Metric, *(k for k in vars(keras.metrics).values() if inspect.isclass(k))]
    owners = {base for kind in kinds for base in kind.__mro__ if issubclass(base, keras.metrics.Metric)}
    for kind in owners:
        if name in vars(kind):
            session.wrap(kind, name, once)


def _number(value: Any) -> float | None:
    try:
        array = tensors.array(value)
        return float(np.mean(array)) if array is not None else None
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return None


def _count_parts(known: Any, metric: Any) -> None:
    """Metrics inside a metric (those given to `compile`) are reset with it."""
    for part in getattr(metric, "metrics", None) or ():
        if part in known and part is not metric:
            known[part].resets += 1


def _amount(metric: Any) -> float | None:
    """How much a metric holds: the count that a mean divides by, otherwise all that its state adds up to."""
    count = getattr(metric, "count", None)
    states = [count] if tensors.is_variable(count) else list(getattr(metric, "variables", ()))
    arrays = [tensors.array(tensors.raw_variable(state)) for state in states]
    if not arrays or any(array is None for array in arrays):
        return None
    total = float(sum(np.sum(np.abs(array)) for array in arrays if array is not None))
    return total if np.isfinite(total) else None


def _property_line(session: ScriptSession, metric: Any) -> int | None:
    """The last line of a `metrics` property in the script that does not name this metric."""
    for model in session.everything.models:
        getter = getattr(getattr(type(model), "metrics", None), "fget", None)
        code = getattr(getter, "__code__", None)
        before = session.files.before(code.co_filename) if code is not None else None
        if code is None or before is None or any(one is metric for one in model.metrics):
            continue
        lines = [line for _, _, line in code.co_lines() if line]
        return int(max(lines)) + before
    return None


def threshold_of(metric: Any) -> float | None:
    """Return the one threshold that a metric compares predictions with."""
    settings = getattr(metric, "_fn_kwargs", None) or {}
    found = settings.get("threshold", getattr(metric, "threshold", None))
    several = getattr(metric, "thresholds", None)
    if found is None and isinstance(several, (list, tuple)) and len(several) == 1:
        found = several[0]
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def _between(predictions: Any, threshold: float | None) -> float | None:
    array = tensors.array(predictions) if hasattr(predictions, "numpy") else np.asarray(predictions)
    if threshold is None or array is None or array.dtype.kind != "f" or not array.size:
        return None
    return float(np.mean((array > 0) == (array <= threshold)))


def _last(metric: Any) -> float | None:
    try:
        return _number(metric.result())
    except Exception:  # a metric of the script's own, or one that was never built
        return None


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Freeze what is known."""
    for one in session.metrics_kept:  # type: ignore[attr-defined]
        recorder.metrics.append(
            MetricSeen(
                name=str(one.metric.name),
                kind=type(one.metric).__name__,
                line=one.line,
                by_keras=one.by_keras,
                updates=tuple(sorted(one.updates.items())),
                resets=one.resets,
                results=tuple(one.results),
                result_line=one.result_line,
                y_true=one.given[0],
                y_pred=one.given[1],
                threshold=threshold_of(one.metric),
                made_line=getattr(one.metric, "_trainwhy_line", None),
                between=one.between,
                held=tuple(one.held),
                property_line=_property_line(session, one.metric) if one.by_keras else None,
                steps_at=tuple(one.steps),
                last=_last(one.metric),
            )
        )
