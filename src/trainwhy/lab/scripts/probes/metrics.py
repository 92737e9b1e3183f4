"""Metric objects: updated how often in which epoch, reset or not, read when, and what they said."""

from __future__ import annotations

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


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
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
                one = kept(metric)
                if one is not None:
                    one.updates[session.epoch] = one.updates.get(session.epoch, 0) + 1
                    if one.given == (None, None) and session.looking:
                        one.given = (numbers(args[0]) if args else None, numbers(args[1]) if len(args) > 1 else None)
        return original(metric, *args, **kwargs)

    def reset(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and (one := kept(metric)) is not None:
            one.resets += 1
        return original(metric, *args, **kwargs)

    def result(original: Callable[..., Any], metric: Any, *args: Any, **kwargs: Any) -> Any:
        value = original(metric, *args, **kwargs)
        if session.running and not session.fitting:
            with session.harness_in_control():
                one, number = kept(metric), _number(value)
                if one is not None and number is not None and len(one.results) < RESULTS:
                    one.results.append((session.epoch, number))
                    one.result_line = one.result_line or session.line()
        return value

    _wrap_everywhere(session, "update_state", update)
    _wrap_everywhere(session, "reset_state", reset)
    _wrap_everywhere(session, "result", result)


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


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Freeze what is known."""
    for one in session.metrics_kept:  # type: ignore[attr-defined]
        threshold = getattr(one.metric, "threshold", None)
        settings = getattr(one.metric, "_fn_kwargs", None) or {}
        threshold = settings.get("threshold", threshold)
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
                threshold=float(threshold) if isinstance(threshold, (int, float)) else None,
            )
        )
