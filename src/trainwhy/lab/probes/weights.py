"""Which weights moved, how far, and in which direction against the gradients that were computed for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.recorder import MODELS, Recorder
from trainwhy.lab.session import Session
from trainwhy.results import Variable

Snapshot = dict[str, Any]


def install(session: Session, recorder: Recorder) -> None:
    """Keep the weights as they are before the first step and right after it; each fitted model has a first step."""

    def before() -> None:
        model = session.model
        if recorder.starts and recorder.starts[-1][0] is model:  # at every step but the first of each model
            return
        if model is not None and len(recorder.starts) < MODELS and _start(recorder, model) is None:
            recorder.starts.append((model, snapshot(model)))
        if not recorder.start and recorder.starts:
            recorder.start = dict(recorder.starts[0][1])

    def after() -> None:
        if recorder.starts and not recorder.starts[-1][1]:  # built by its first step
            recorder.starts[-1][1].update(snapshot(recorder.starts[-1][0]))
        if session.step == 0:
            recorder.trained = trainable_names(session.model)
            recorder.after_first = snapshot(session.model)
            recorder.start = recorder.start or recorder.after_first

    session.before_step.append(before)
    session.after_step.append(after)


def finish(session: Session, recorder: Recorder) -> None:
    """Compare the weights of the whole run; nothing is known of a model that was never seen before its training."""
    if session.task.model is None:
        started = _start(recorder, session.model)
        if started is None:
            return
        recorder.start = started
    for variable in getattr(session.model, "variables", None) or ():
        name = tensors.variable_name(variable)
        recorder.variables.append(_variable(recorder, name, variable))


def _start(recorder: Recorder, model: Any) -> Snapshot | None:
    return next((start for known, start in recorder.starts if known is model), None)


def snapshot(model: Any) -> Snapshot:
    """Copy every variable of a built model, by path."""
    found = {}
    for variable in getattr(model, "variables", None) or ():
        values = tensors.array(tensors.raw_variable(variable))
        if values is not None and values.dtype.kind in "fc":
            found[tensors.variable_name(variable)] = np.array(values)
    return found


def trainable_names(model: Any) -> tuple[str, ...]:
    """Paths of the model's trainable variables."""
    return tuple(tensors.variable_name(v) for v in getattr(model, "trainable_variables", None) or ())


def moved(before: Snapshot, after: Snapshot, names: tuple[str, ...]) -> int:
    """Count the variables whose bits differ; one that appeared in between does not count."""
    return sum(
        name in before and name in after and not np.array_equal(before[name], after[name], equal_nan=True)
        for name in names
    )


def _variable(recorder: Recorder, name: str, variable: Any) -> Variable:
    before, after, first = (kept.get(name) for kept in (recorder.start, recorder.last, recorder.after_first))
    step = None if before is None or first is None else first - before
    own, reference = recorder.first_gradients.get(name), recorder.reference_gradients.get(name)
    return Variable(
        name=name,
        shape=tensors.shape(variable),
        # Frozen later, after it was trained, is not frozen: what counts is whether it ever stood open.
        trainable=bool(variable.trainable) or name in recorder.trained,
        moved=bool(moved(recorder.start, recorder.last, (name,))),
        change=_change(before, after),
        first_cosine=_cosine(step, own, -1.0),
        reference_cosine=_cosine(own, reference),
        update_cosine=_cosine(step, reference, -1.0),
    )


def _change(before: Any, after: Any) -> float:
    if before is None or after is None:
        return 0.0
    return float(np.linalg.norm(after - before) / (np.linalg.norm(before) + 1e-12))


def _cosine(left: Any, right: Any, sign: float = 1.0) -> float | None:
    return None if left is None or right is None else tensors.cosine(left, sign * right)
