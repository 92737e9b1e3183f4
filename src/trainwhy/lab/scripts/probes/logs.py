"""What `fit` logs against what its metrics hold, and which names callbacks wait for."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession

BATCHES = 2  # of each fit, whose logs are compared


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Compare the first batches' logs with the metrics, and every epoch's logs with what callbacks monitor."""
    made: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()
    state: dict[str, Any] = {"batches": 0, "validated": False, "waited": {}}

    def create(original: Callable[..., Any], callback: Any, *args: Any, **kwargs: Any) -> None:
        original(callback, *args, **kwargs)
        if session.running and session.called_by_learner() is not None:
            made[callback] = session.line()

    def fit(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running:
            state.update(
                batches=0, validated=bool(kwargs.get("validation_data") is not None or kwargs.get("validation_split"))
            )
            state["often"] = kwargs.get("validation_freq", 1) == 1
        return original(model, *args, **kwargs)

    def batch_ended(original: Callable[..., Any], callbacks: Any, batch: Any, logs: Any = None) -> Any:
        result = original(callbacks, batch, logs)
        if session.running and state["batches"] < BATCHES:
            state["batches"] += 1
            with session.harness_in_control():
                _compare(session, recorder, _model(callbacks), logs)
        return result

    def epoch_ended(original: Callable[..., Any], callbacks: Any, epoch: Any, logs: Any = None) -> Any:
        try:
            return original(callbacks, epoch, logs)
        finally:  # a callback may raise for want of its number; a repair gives it the right name before it can
            if session.running:
                with session.harness_in_control():
                    _waits(recorder, state, made, callbacks, dict(logs or {}))

    session.wrap(keras.callbacks.Callback, "__init__", create)
    session.wrap(keras.Model, "fit", fit)
    session.wrap(keras.callbacks.CallbackList, "on_train_batch_end", batch_ended)
    session.wrap(keras.callbacks.CallbackList, "on_epoch_end", epoch_ended)


def _model(callbacks: Any) -> Any:
    return next((c.model for c in callbacks.callbacks if c.model is not None), None)


def _compare(session: ScriptSession, recorder: ScriptRecorder, model: Any, logs: Any) -> None:
    """Note names under which a step returns a number while the model's own metric of that name was never updated."""
    untouched = shadowed(model, logs)
    if untouched:
        name = max(untouched, key=lambda key: (key == "loss", abs(untouched[key])))
        recorder.facts.update(shadowed=len(untouched), shadowed_name=name, shadowed_given=untouched[name])
        code = getattr(type(model).train_step, "__code__", None)
        before = session.files.before(code.co_filename) if code else None
        if code is not None and before is not None:
            recorder.facts["shadowed_line"] = code.co_firstlineno + before
    shown = {} if model is None else {m.name: m for m in model.metrics}
    if "shadowed" in recorder.facts:
        held = shown.get(str(recorder.facts["shadowed_name"]))
        recorder.facts["shadowed_shown"] = None if held is None else float(tensors.array(held.result()))  # type: ignore[arg-type]  # a number


def shadowed(model: Any, logs: Any) -> dict[str, float]:
    """Return the numbers a step gave back that `fit` will replace by metrics which hold nothing."""
    if model is None or not isinstance(logs, dict):
        return {}
    metrics = {m.name: m for m in model.metrics}
    if set(metrics) != set(logs):
        return {}
    values = {
        name: tensors.array(value) if hasattr(value, "numpy") else np.asarray(value) for name, value in logs.items()
    }
    return {
        name: float(np.mean(value))
        for name, value in values.items()
        if value is not None and np.any(value != 0) and _empty(metrics[name])
    }


def _empty(metric: Any) -> bool:
    held = [tensors.array(tensors.raw_variable(variable)) for variable in metric.variables]
    return bool(held) and all(one is not None and not np.any(one) for one in held)


def _waits(recorder: ScriptRecorder, state: dict[str, Any], made: Any, callbacks: Any, logs: dict[str, Any]) -> None:
    for callback in callbacks.callbacks:
        name = getattr(callback, "monitor", None)
        own = type(callback).__module__.startswith("keras")
        idle = isinstance(callback, keras.callbacks.ModelCheckpoint) and not callback.save_best_only
        if not isinstance(name, str) or not own or idle:
            continue
        skipped = name.startswith("val_") and state["validated"] and not state.get("often", True)
        waited = state["waited"].setdefault(id(callback), [callback, 0, 0])
        waited[1 if name in logs else 2] += not (skipped and name not in logs)
    absent = [one for one in state["waited"].values() if one[2] and not one[1]]
    if absent:
        callback, _, epochs = absent[0]
        recorder.facts.update(
            monitor=str(callback.monitor), monitor_kind=type(callback).__name__, monitor_line=made.get(callback),
            monitor_epochs=epochs, monitor_names=", ".join(sorted(logs)),
        )  # fmt: skip
    elif "monitor" in recorder.facts:
        for key in ("monitor", "monitor_kind", "monitor_line", "monitor_epochs", "monitor_names"):
            recorder.facts.pop(key, None)
