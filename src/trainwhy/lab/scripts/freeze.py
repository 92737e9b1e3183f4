"""From an observed script to a frozen `Run`."""

from __future__ import annotations

import logging
from typing import Any

from trainwhy.lab.probes import calls, leaves, ops, tape, updates
from trainwhy.lab.scripts import probes
from trainwhy.lab.scripts.clock import Clock
from trainwhy.lab.scripts.recorder import ScriptRecorder
from trainwhy.lab.scripts.session import ScriptSession
from trainwhy.results import Mode, Optimizer, Run
from trainwhy.seen import Seen, StepSeen

FIRST = 200  # steps kept in full; of later ones the last of every epoch


def run(session: ScriptSession, recorder: ScriptRecorder, clock: Clock, *, stopped: str, seconds: float) -> Run:
    """Let every probe finish, and freeze what was recorded."""
    _last_epoch(session, clock)
    if session.request.observe:
        for probe in (tape, updates, calls, ops, leaves, *probes.modules()):
            finish = getattr(probe, "finish", None)
            if finish is not None:
                _safely(finish, session, recorder)
    return Run(
        seed=session.request.seed,
        source=session.files.text,
        error=recorder.error,
        start_loss=None,
        epochs=tuple(recorder.epochs),
        steps=session.step,
        loop="script",
        variables=tuple(recorder.variables),
        optimizers=_optimizers(recorder),
        modes=tuple(Mode(name, *seen) for name, seen in recorder.modes.items()),
        gradient_calls=tuple(recorder.gradient_calls),
        gradient_call_count=recorder.gradient_call_count,
        updates=tuple(recorder.updates),
        update_count=recorder.update_count,
        repeated_updates=recorder.repeated_updates,
        dropped_gradients=0
        if recorder.traced_calls or not recorder.update_count
        else max(recorder.gradient_call_count - len(recorder.used_calls), 0),
        calls=tuple(recorder.calls),
        ops=tuple(recorder.ops),
        later_ops=tuple(recorder.later_ops),
        leaves=tuple(recorder.leaves),
        unobserved=(*recorder.unobserved, *dict.fromkeys(session.troubles)),
        seen=_seen(session, recorder, clock, stopped, seconds),
    )


def _last_epoch(session: ScriptSession, clock: Clock) -> None:
    """End the step and the epoch that were on."""
    if clock.open and clock.asked:
        session.end_step()
    for hook in session.epoch_ended if _unfinished(session, clock) else ():
        with session.harness_in_control():
            hook(None)


def _unfinished(session: ScriptSession, clock: Clock) -> bool:
    return session.step > 0 and bool(clock.last) and not session.fitting


def _safely(finish: Any, session: ScriptSession, recorder: ScriptRecorder) -> None:
    """A probe that fails at the end costs its evidence, never the report."""
    try:
        finish(session, recorder)
    except Exception as error:  # said in the report: it may hide a fault of ours
        logging.getLogger("trainwhy").debug("probe failed", exc_info=error)
        recorder.unobserved.append(f"{finish.__module__.rpartition('.')[2]} ({type(error).__name__}: {error})"[:200])


def _optimizers(recorder: ScriptRecorder) -> tuple[Optimizer, ...]:
    return tuple(recorder.optimizers[number] for number in sorted(recorder.optimizers))


def _seen(session: ScriptSession, recorder: ScriptRecorder, clock: Clock, stopped: str, seconds: float) -> Seen:
    return Seen(
        files=session.files.table,
        stopped=stopped,
        seconds=seconds,
        steps=_thinned(recorder.steps),
        epochs=len(recorder.epochs),
        empty_epochs=clock.empty_epochs(),
        losses=tuple(recorder.losses),
        heads=tuple(recorder.heads),
        models=tuple(recorder.models),
        compiles=tuple(recorder.compiles),
        fits=tuple(recorder.fits),
        functions=tuple(recorder.functions),
        metrics=tuple(recorder.metrics),
        weights=tuple(recorder.weights),
        targets=tuple(recorder.targets),
        datasets=tuple(recorder.datasets),
        iterators=tuple(recorder.iterators),
        drained=tuple(recorder.drained),
        captured=tuple(recorder.captured),
        arguments=tuple(recorder.arguments),
        training_calls=tuple(recorder.training_calls),
        penalties=tuple(recorder.penalties),
        feeds=tuple(recorder.feeds),
        faults=tuple(recorder.faults),
        made=tuple(recorder.made),
        stretches=tuple(recorder.stretches),
        meetings=tuple(recorder.meetings),
        optimizers=tuple(recorder.optimizers_seen),
        trainees=tuple(recorder.trainees),
        warnings=tuple(recorder.warnings),
        rates=tuple(recorder.rates),
        attributes=tuple(recorder.attributes),
        phases=tuple(recorder.phases),
        untracked=tuple(recorder.untracked),
        resumes=tuple(recorder.resumes),
        facts=dict(recorder.facts),
        readings=tuple(recorder.readings),
    )


def _thinned(steps: list[StepSeen]) -> tuple[StepSeen, ...]:
    last = {step.epoch: step for step in steps[FIRST:]}
    return (*steps[:FIRST], *last.values())
