"""Which weights moved, from before the script's first step on, and how many in each epoch."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Epoch, Variable

MOST = 30_000_000  # numbers kept of all weights together
FOLLOWS = 0.999  # cosine between a step and minus a gradient that says whose gradient it was
EARLY = 3  # steps before which new variables are looked for each time

Snapshot = dict[str, Any]


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Keep weights as they are before their first step, after the first step, and at the end of every epoch."""
    known = [0]

    def before() -> None:
        count = len(session.everything.models) + len(session.everything.loose)
        if session.step < EARLY or count != known[0]:
            known[0] = count
            for name, values in snapshot(session, known=recorder.start).items():
                recorder.start[name] = values
            if session.step == 0:
                recorder.trained = tuple(session.name_of(v) for v in session.everything.trainable_variables)

    def after() -> None:
        if session.step == 0:
            recorder.after_first = snapshot(session)

    def epoch_ended(logs: dict[str, Any] | None) -> None:
        recorder.epochs.append(_row(session, recorder, logs))

    def gradient(original: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(*args, **kwargs)
        # Variables of no model are known once they are asked for: their first values are those of now.
        if session.running and len(session.everything.models) + len(session.everything.loose) != known[0]:
            with session.harness_in_control():
                before()
        return answer

    session.wrap(tf.GradientTape, "gradient", gradient)
    session.before_step.append(before)
    session.after_step.append(after)
    session.epoch_ended.append(epoch_ended)


def snapshot(session: ScriptSession, known: Snapshot | None = None) -> Snapshot:
    """Copy every floating variable, by name; with `known`, only those that are not in it."""
    found: Snapshot = {}
    room = MOST
    with tf.init_scope():
        for variable in session.everything.variables:
            name = session.name_of(variable)
            if known is not None and name in known:
                continue
            values = _values(variable)
            if values is not None and values.dtype.kind in "fc" and values.size <= room:
                room -= values.size
                found[name] = np.array(values)
    return found


def _values(variable: Any) -> np.ndarray[Any, Any] | None:
    try:
        found = tensors.array(tensors.raw_variable(variable))
        # Made while a function is traced, a variable has its values only once the function runs.
        return found if found is not None and found.shape == tensors.shape(variable) else None
    except (ValueError, NotImplementedError, AttributeError, RuntimeError):  # deleted, or of a distribution strategy
        return None


def moved(before: Snapshot, after: Snapshot) -> int:
    """Count variables whose bits differ."""
    return sum(name in before and not np.array_equal(before[name], after[name], equal_nan=True) for name in after)


def _row(session: ScriptSession, recorder: ScriptRecorder, logs: dict[str, Any] | None) -> Epoch:
    now = snapshot(session)
    before = recorder.last or recorder.start
    open_now = {session.name_of(v) for v in session.everything.trainable_variables}
    moving = {name: values for name, values in now.items() if name in open_now}
    losses = [s.loss for s in recorder.steps if s.epoch == session.epoch and s.loss is not None]
    given = {str(name): number for name, value in (logs or {}).items() if (number := _number(value)) is not None}
    loss = given.pop("loss", None)
    if loss is None:
        loss = float(np.mean(losses)) if losses else float("nan")
    norms = [s.gradient for s in recorder.steps if s.epoch == session.epoch and s.gradient is not None]
    row = Epoch(
        epoch=len(recorder.epochs) + 1,
        loss=loss,
        metrics=given,
        weights_moved=moved(before, moving),
        # Weights that a traced function made in this very epoch have no earlier values to be compared with.
        variables=len(open_now) if any(name in before for name in moving) else 0,
        gradient=float(np.sqrt(np.mean(np.square(norms)))) if norms else None,
    )
    recorder.last = now
    return row


def _number(value: Any) -> float | None:
    try:
        return float(np.asarray(value))
    except (TypeError, ValueError):
        return None


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Compare the weights of the whole script."""
    last = snapshot(session)
    for variable in session.everything.variables:
        name = session.name_of(variable)
        recorder.variables.append(_variable(recorder, name, variable, last))
    _first_step(recorder)


def _first_step(recorder: ScriptRecorder) -> None:
    """Measure the first step, and find variables that followed the gradient of another one of their shape."""
    start, after, own = recorder.start, recorder.after_first, recorder.first_gradients
    steps = {
        name: after[name] - start[name] for name in after if name in start and after[name].shape == start[name].shape
    }
    length = float(np.sqrt(sum(float(np.vdot(step, step).real) for step in steps.values())))
    if np.isfinite(length):
        recorder.facts["first_step"] = length
    for name, step in steps.items():
        if name not in own or (tensors.cosine(step, -own[name]) or 0.0) > FOLLOWS:
            continue
        others = [n for n, g in own.items() if n != name and g.shape == step.shape]
        leader = next((n for n in others if (tensors.cosine(step, -own[n]) or 0.0) > FOLLOWS), None)
        if leader is not None:
            recorder.facts[f"follows:{name}"] = leader


def _variable(recorder: ScriptRecorder, name: str, variable: Any, last: Snapshot) -> Variable:
    before, after, first = recorder.start.get(name), last.get(name), recorder.after_first.get(name)
    step = None if before is None or first is None else first - before
    own = recorder.first_gradients.get(name)
    return Variable(
        name=name,
        shape=tensors.shape(variable),
        trainable=bool(getattr(variable, "trainable", True)) or name in recorder.trained,
        moved=before is not None and after is not None and not np.array_equal(before, after, equal_nan=True),
        change=0.0
        if before is None or after is None
        else float(np.linalg.norm(after - before) / (np.linalg.norm(before) + 1e-12)),
        first_cosine=None if step is None or own is None else tensors.cosine(step, -own),
    )
