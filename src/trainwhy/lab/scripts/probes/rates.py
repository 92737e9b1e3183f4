"""The learning rate of every optimizer that is used, and attributes set on optimizers that nothing reads."""

from __future__ import annotations

import inspect
import math
import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import keras
import numpy as np

from trainwhy.lab import tensors
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import AttributeSeen, RateSeen

EARLY = 16  # steps after which the rate is read less often
EVERY = 10
MOST = 4000  # readings kept
GRID = 48  # steps at which a schedule is worked out when the script is over
PLAIN = {"lr", "learningrate", "learnrate", "lrate"}  # what a rate is called, underscores left out
MOST_OPTIMIZERS = 8


class Rates:
    """What is known of the optimizers while the script runs."""

    def __init__(self) -> None:
        self.made: weakref.WeakKeyDictionary[Any, int | None] = weakref.WeakKeyDictionary()
        self.schedules: dict[int, tuple[Any, int | None]] = {}  # kept, so that their addresses stay theirs
        self.used: list[Any] = []
        self.traces: dict[int, list[tuple[int, float]]] = {}
        self.set_lines: dict[int, int | None] = {}
        self.function_line: int | None = None
        self.names: dict[int, set[str]] = {}  # of each optimizer: attributes that only the script knows
        self.pending: list[tuple[Any, AttributeSeen]] = []
        self.wrong: dict[tuple[int, str, int | None], AttributeSeen] = {}


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Read the rate after steps; note where rates, schedules and unknown attributes are set."""
    del recorder
    rates = Rates()
    session.rates = rates  # type: ignore[attr-defined]  # finish reads it

    def create(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> None:
        if session.running:
            rates.made.setdefault(optimizer, session.line())
        original(optimizer, *args, **kwargs)

    def apply(original: Callable[..., Any], optimizer: Any, *args: Any, **kwargs: Any) -> Any:
        known = any(one is optimizer for one in rates.used)
        if (
            session.running
            and not known
            and len(rates.used) < MOST_OPTIMIZERS
            and not hasattr(optimizer, "inner_optimizer")
        ):
            rates.used.append(optimizer)
        return original(optimizer, *args, **kwargs)

    def set_attribute(original: Callable[..., Any], optimizer: Any, name: str, value: Any) -> None:
        if session.running and name[:1] != "_" and name != "built":
            with session.harness_in_control():
                _note(session, rates, optimizer, name, value)
        original(optimizer, name, value)

    session.wrap(keras.optimizers.Optimizer, "__init__", create)
    session.wrap(keras.optimizers.Optimizer, "apply", apply)
    session.wrap(keras.optimizers.Optimizer, "__setattr__", set_attribute)
    session.after_step.append(lambda: _read(session, rates))
    _watch_schedules(session, rates)


def _watch_schedules(session: ScriptSession, rates: Rates) -> None:
    def make(original: Callable[..., Any], schedule: Any, *args: Any, **kwargs: Any) -> None:
        if session.running:
            rates.schedules.setdefault(id(schedule), (schedule, session.line()))
        original(schedule, *args, **kwargs)

    def scheduler(original: Callable[..., Any], callback: Any, *args: Any, **kwargs: Any) -> None:
        if session.running:
            given = args[0] if args else kwargs.get("schedule")
            code = getattr(getattr(given, "__func__", given), "__code__", None)
            before = session.files.before(code.co_filename) if code is not None else None
            rates.function_line = code.co_firstlineno + before if code is not None and before is not None else None
        original(callback, *args, **kwargs)

    kinds = [kind for kind in vars(keras.optimizers.schedules).values() if inspect.isclass(kind)]
    for kind in dict.fromkeys(kinds):
        if "__init__" in vars(kind):
            session.wrap(kind, "__init__", make)
    session.wrap(keras.callbacks.LearningRateScheduler, "__init__", scheduler)


# ------------------------------------------------------------------------------------------- while the script runs


def _note(session: ScriptSession, rates: Rates, optimizer: Any, name: str, value: Any) -> None:
    known = rates.names.setdefault(id(optimizer), set())
    if name != "learning_rate" and name not in known and (not _like_a_rate(name) or hasattr(optimizer, name)):
        return
    frame = _users_frame(session)
    if frame is None or optimizer not in rates.made or _self(frame) is optimizer:
        return
    if name == "learning_rate":
        rates.set_lines[id(optimizer)] = session.line()
        return
    known.add(name)
    number = _number(value)
    seen = AttributeSeen(type(optimizer).__name__, name, session.line(), session.begun, number, math.nan)
    rates.pending = [one for one in rates.pending if one[0] is not optimizer or one[1].name != name]
    rates.pending.append((optimizer, seen))


def _like_a_rate(name: str) -> bool:
    words = name.strip("_").lower().split("_")
    return "".join(words) in PLAIN or any(word in ("lr", "learning", "rate") for word in words)


def _users_frame(session: ScriptSession) -> FrameType | None:
    """The nearest frame outside trainwhy, when it is the user's."""
    walk: FrameType | None = sys._getframe(2)
    while walk is not None and "/trainwhy/lab/" in walk.f_code.co_filename.replace("\\", "/"):
        walk = walk.f_back
    return walk if walk is not None and session.files.before(walk.f_code.co_filename) is not None else None


def _self(frame: FrameType) -> Any:
    names = frame.f_code.co_varnames
    return frame.f_locals.get(names[0]) if frame.f_code.co_argcount and names else None


def _read(session: ScriptSession, rates: Rates) -> None:
    if session.step >= EARLY and session.step % EVERY and not rates.pending:
        return
    for optimizer in rates.used:
        trace = rates.traces.setdefault(id(optimizer), [])
        if len(trace) < MOST and _schedule(optimizer) is None:
            rate = _rate(optimizer)
            if rate is not None:
                trace.append((session.step, rate))
    for optimizer, seen in rates.pending:
        _compare(rates, optimizer, seen)
    rates.pending.clear()


def _compare(rates: Rates, optimizer: Any, seen: AttributeSeen) -> None:
    """Note an attribute when the step made after it was set has another rate."""
    rate = _rate(optimizer)
    if rate is None or abs(rate - seen.value) <= 1e-3 * max(abs(rate), abs(seen.value)):
        return
    key = (id(optimizer), seen.name, seen.line)
    first = rates.wrong.get(key)
    rates.wrong[key] = replace(first, times=first.times + 1) if first else replace(seen, rate=rate)


def _schedule(optimizer: Any) -> Any:
    rate = getattr(optimizer, "_learning_rate", None)
    return rate if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule) else None


def _rate(optimizer: Any) -> float | None:
    number = _number(getattr(optimizer, "learning_rate", None))
    return None if math.isnan(number) else number


def _number(value: Any) -> float:
    try:
        return float(tensors.array(tensors.raw_variable(value)))  # type: ignore[arg-type]  # None raises TypeError
    except (TypeError, ValueError, AttributeError, NotImplementedError):
        return math.nan


# ------------------------------------------------------------------------------------------- when it is over


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Describe the rates, and name the attributes that nothing reads."""
    rates: Rates = session.rates  # type: ignore[attr-defined]
    planned = _planned(session, recorder)
    for optimizer in rates.used:
        recorder.rates.append(_describe(session, rates, optimizer, planned))
    for seen in rates.wrong.values():
        trace = [rate for one in recorder.rates for _, rate in one.trace]
        plain = seen.name.replace("_", "").lower() in PLAIN
        if plain or (trace and max(trace) == min(trace)):  # else a note of the script's own about a rate it does set
            recorder.attributes.append(seen)
    _missing(session, recorder)


def _missing(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """The script ended because it read an attribute that the optimizer does not have."""
    error = getattr(session, "raised", None)
    name, owner = str(getattr(error, "name", "") or ""), getattr(error, "obj", None)
    if isinstance(error, AttributeError) and isinstance(owner, keras.optimizers.Optimizer) and _like_a_rate(name):
        line = recorder.error.line if recorder.error else None
        rate = _rate(owner)
        recorder.attributes.append(
            AttributeSeen(
                type(owner).__name__, name, line, session.begun, math.nan, math.nan if rate is None else rate, 0
            )
        )


def _planned(session: ScriptSession, recorder: ScriptRecorder) -> int:
    """Steps the whole training would have: of fits that were ended early, as many as they asked for."""
    missing = 0
    for fit in recorder.fits:
        per_epoch = fit.steps_per_epoch or max(fit.steps_of_epochs, default=0)
        if fit.stopped and fit.epochs_asked and per_epoch:
            missing += max(fit.epochs_asked * per_epoch - fit.steps, 0)
    return session.step + missing


def _describe(session: ScriptSession, rates: Rates, optimizer: Any, planned: int) -> RateSeen:
    iterations = int(_number(optimizer.iterations)) if not math.isnan(_number(optimizer.iterations)) else session.step
    own = planned if not session.step else round(planned * min(1.0, iterations / session.step))
    schedule = _schedule(optimizer)
    trace = rates.traces.get(id(optimizer), []) if schedule is None else _worked_out(schedule, own)
    slots = [v for v in getattr(optimizer, "variables", ()) if tensors.shape(v)]
    epsilon = getattr(optimizer, "epsilon", None)
    return RateSeen(
        optimizer=type(optimizer).__name__,
        line=rates.made.get(optimizer),
        trace=tuple(trace),
        planned=own,
        schedule=type(schedule).__name__ if schedule is not None else "",
        schedule_line=rates.schedules.get(id(schedule), (None, None))[1],
        function_line=rates.function_line,
        set_line=rates.set_lines.get(id(optimizer)),
        epsilon=epsilon if isinstance(epsilon, (int, float)) else None,
        dtype=_dtype(session),
        stateful=bool(slots) or schedule is not None,
    )


def _dtype(session: ScriptSession) -> str:
    return next((str(getattr(v.dtype, "name", v.dtype)) for v in session.everything.trainable_variables), "")


def _worked_out(schedule: Any, planned: int) -> list[tuple[int, float]]:
    """A schedule is a function of the step: it can be asked about every one, with no training."""
    steps = np.unique(np.concatenate([np.arange(min(EARLY, planned + 1)), np.linspace(0, planned, GRID).astype(int)]))
    found = [(int(step), _number(schedule(int(step)))) for step in steps]
    return [(step, rate) for step, rate in found if not math.isnan(rate)]
