"""Repair TW121: a metric that the script never resets is emptied when an epoch is over."""

from __future__ import annotations

import inspect
import weakref
from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainwhy.lab.scripts.session import ScriptSession

WORDS = "the metric reset after every epoch"


def install(session: ScriptSession) -> None:
    """Remember what is updated and never reset, and reset it at every turn of an epoch."""
    updated: weakref.WeakSet[Any] = weakref.WeakSet()
    reset: weakref.WeakSet[Any] = weakref.WeakSet()

    def update(original: Any, metric: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            updated.add(metric)
        return original(metric, *args, **kwargs)

    def empty(original: Any, metric: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            reset.add(metric)
        return original(metric, *args, **kwargs)

    def epoch_ended(_logs: dict[str, Any] | None) -> None:
        for metric in list(updated):
            if metric not in reset:
                metric.reset_state()

    _wrap(session, "update_state", update)
    _wrap(session, "reset_state", empty)
    session.epoch_ended.append(epoch_ended)


def _wrap(session: ScriptSession, name: str, wrapper: Any) -> None:
    """Every class of metrics may define its methods anew."""
    kinds = [keras.metrics.Metric, *(k for k in vars(keras.metrics).values() if inspect.isclass(k))]
    for owner in {base for kind in kinds for base in kind.__mro__ if issubclass(base, keras.metrics.Metric)}:
        if name in vars(owner):
            session.wrap(owner, name, wrapper)
