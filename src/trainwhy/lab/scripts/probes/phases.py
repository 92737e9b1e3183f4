"""What `trainable` was set to while a training was on, and which weights moved before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from trainwhy.lab.scripts.probes.weights import Snapshot, snapshot
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.seen import PhaseSeen

MOST = 8  # phases; a script that toggles at every step (two networks that take turns) has no phases
TOGGLES = 40


class Phases:
    """The phase that is on."""

    def __init__(self) -> None:
        self.step = 0
        self.start: Snapshot | None = None  # None: from before the script's first step
        self.toggles: list[tuple[int, str, bool]] = []
        self.waiting: list[tuple[int, str, bool]] = []  # set since, and not trained with yet
        self.before: set[str] | None = None  # open when the first of these was set
        self.opened: set[str] = set()
        self.frozen: set[str] = set()
        self.fitted: list[Any] = []
        self.compiled = self.compiled_since = False
        self.line: int | None = None
        self.depth = 0


def install(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Watch the setter of `trainable`, and where training goes on after it."""
    phases = Phases()
    session.phases = phases  # type: ignore[attr-defined]  # finish reads it
    _watch_setter(session, recorder, phases)

    def train(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        if session.running and session.fitting <= 1:
            with session.harness_in_control():
                _switch(session, recorder, phases)
                if not any(one is model for one in phases.fitted):
                    phases.fitted.append(model)
                phases.line = phases.line or session.line()
        return original(model, *args, **kwargs)

    def compile_(original: Callable[..., Any], model: Any, *args: Any, **kwargs: Any) -> Any:
        phases.compiled_since = phases.compiled_since or session.running
        return original(model, *args, **kwargs)

    session.wrap(keras.Model, "fit", train)
    session.wrap(keras.Model, "train_on_batch", train)
    session.wrap(keras.Model, "compile", compile_)
    session.before_step.append(lambda: _switch(session, recorder, phases))


def _watch_setter(session: ScriptSession, recorder: ScriptRecorder, phases: Phases) -> None:
    known = vars(keras.layers.Layer).get("trainable")
    if not isinstance(known, property) or known.fset is None:
        return
    assign = known.fset

    def set_(layer: Any, value: Any) -> None:
        if (
            session.running
            and not phases.depth
            and bool(value) != bool(layer.trainable)
            and len(phases.waiting) < TOGGLES
        ):
            with session.harness_in_control():
                if phases.before is None and session.begun:
                    phases.before = _open(session)
                phases.waiting.append((session.line() or 0, str(layer.name), bool(value)))
        phases.depth += 1
        try:
            assign(layer, value)
        finally:
            phases.depth -= 1

    del recorder
    session.replace(keras.layers.Layer, "trainable", property(known.fget, set_, known.fdel, known.__doc__))


def _open(session: ScriptSession, models: Any = None) -> set[str]:
    found = models if models is not None else session.everything.models
    return {session.name_of(v) for model in found for v in getattr(model, "trainable_variables", ())}


def _switch(session: ScriptSession, recorder: ScriptRecorder, phases: Phases) -> None:
    """Training goes on: what was set since begins a new phase."""
    if not phases.waiting:
        return
    if phases.before is None or session.step <= phases.step:  # before the first step, or none in this phase
        phases.toggles, phases.waiting = phases.toggles + phases.waiting, []
        phases.compiled, phases.compiled_since = phases.compiled or phases.compiled_since, False
        return
    if len(recorder.phases) >= MOST:
        return
    now = snapshot(session)
    _close(session, recorder, phases, now)
    open_now = _open(session)
    phases.opened, phases.frozen = open_now - phases.before, phases.before - open_now
    phases.step, phases.start, phases.line = session.step, now, None
    phases.toggles, phases.waiting, phases.before, phases.fitted = phases.waiting, [], None, []
    phases.compiled, phases.compiled_since = phases.compiled_since, False


def _close(session: ScriptSession, recorder: ScriptRecorder, phases: Phases, now: Snapshot) -> None:
    models = phases.fitted or session.everything.models
    own = {session.name_of(v) for model in models for v in getattr(model, "variables", ())}
    start = recorder.start if phases.start is None else phases.start
    moved = {n for n in own if n in start and n in now and not np.array_equal(start[n], now[n], equal_nan=True)}
    still = phases.before is None
    recorder.phases.append(
        PhaseSeen(
            step=phases.step,
            steps=session.step - phases.step,
            toggles=tuple(phases.toggles),
            open=tuple(sorted(_open(session, models) if still else phases.before & own)),  # type: ignore[operator]
            opened=tuple(sorted(phases.opened & own)),
            frozen=tuple(sorted(phases.frozen & own)),
            moved=tuple(sorted(moved)),
            compiled=phases.compiled,
            line=phases.line,
        )
    )


def finish(session: ScriptSession, recorder: ScriptRecorder) -> None:
    """Close the last phase."""
    phases: Phases = session.phases  # type: ignore[attr-defined]
    if len(recorder.phases) >= MOST:
        recorder.phases.clear()
        return
    _close(session, recorder, phases, snapshot(session))
