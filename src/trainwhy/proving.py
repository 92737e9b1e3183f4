"""Judging a proof: the same training unchanged, repaired and with a placebo, over seeds. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainwhy.catalogue import Entry
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Proof, Run

PLACEBO = "placebo"
UNCHANGED = "unchanged"  # of a script: measured as the other replays are, unlike a run that is only watched
PLACEBO_WORDS = "an extra forward pass"
ENOUGH = 0.5  # of the way the reference goes, that a repaired run must go
BETTER = 0.25  # of that way, by which it must beat the unchanged run


@dataclass(frozen=True, slots=True)
class Trial:
    """One seed: four trainings that differ in nothing but what was done to them."""

    seed: int
    reference: Run
    baseline: Run
    repaired: Run
    placebo: Run


def judge(entry: Entry, trials: Sequence[Trial]) -> Proof:
    """Claim `proven` only when every seed recovers, shows the symptom again unchanged, and ignores the placebo."""
    if entry.of_script is not None and any(trial.reference.loop == "script" for trial in trials):
        entry = _for_scripts(entry)
    failures = [words for trial in trials if (words := _objection(entry, trial))]
    measured = [[_measure(entry, run) for run in (t.baseline, t.repaired, t.placebo)] for t in trials]
    return Proof(
        status="proven" if trials and not failures else "likely",
        intervention=entry.diagnosis.intervention_words,
        measure=entry.measure_name,
        seeds=tuple(t.seed for t in trials),
        start=tuple(_start(t) for t in trials) if entry.measure is None else (),
        baseline=tuple(m[0] for m in measured),
        repaired=tuple(m[1] for m in measured),
        placebo=tuple(m[2] for m in measured),
        placebo_name=PLACEBO_WORDS,
        reason=failures[0] if failures else "",
    )


def _for_scripts(entry: Entry) -> Entry:
    name, measure, recovered, words = entry.of_script or ("", None, None, "")
    diagnosis = replace(entry.diagnosis, intervention_words=words or entry.diagnosis.intervention_words)
    return replace(entry, diagnosis=diagnosis, measure_name=name, measure=measure, recovered=recovered)


def without_intervention(entry: Entry) -> Proof:
    """Say why a finding has no proof."""
    words = f"no repair of {entry.diagnosis.name} can be made from outside the file"
    return Proof("likely", reason=f"{words}: {entry.unrepaired}" if entry.unrepaired else words)


def without_time(entry: Entry, seconds: float) -> Proof:
    """Say that a proof would take too long."""
    words = f"its replays would train for about {seconds:.0f} s, more than a proof may; `--seconds` gives it more"
    return Proof("likely", intervention=entry.diagnosis.intervention_words, reason=words)


def without_record(entry: Entry, outcome: str) -> Proof:
    """Say that a replay ended before anything could be told of it."""
    words = f"a replay ended without a record of what it did ({outcome.replace('_', ' ')})"
    return Proof("likely", intervention=entry.diagnosis.intervention_words, reason=words)


def _objection(entry: Entry, trial: Trial) -> str:
    if entry.match(trial.baseline) is None:
        return f"the unchanged run with seed {trial.seed} did not show it again"
    if not _recovered(entry, trial, trial.repaired):
        if trial.repaired.seen is not None and _same(trial.baseline, trial.repaired):
            return f"the repaired run with seed {trial.seed} is the unchanged one, number for number"
        return f"the repaired run with seed {trial.seed} did not recover"
    if _recovered(entry, trial, trial.placebo):
        return f"the placebo helped as well with seed {trial.seed}"
    return ""


def _same(one: Run, other: Run) -> bool:
    """Tell whether a repair reached nothing: losses, steps and the end are those of the unchanged run, to the bit."""
    return _course(one) == _course(other)


def _course(run: Run) -> tuple[object, ...]:
    steps = [step.loss for step in run.seen.steps] if run.seen is not None else []
    error = None if run.error is None else (run.error.type, run.error.line)
    return run.steps, error, repr(steps), repr([epoch.loss for epoch in run.epochs])


def _recovered(entry: Entry, trial: Trial, treated: Run) -> bool:
    said = entry.recovered(trial.baseline, treated) if entry.recovered is not None else None
    if said is not None:  # a diagnosis may leave some runs to the rule for all
        return said
    if treated.seen is not None:
        return learned(treated) >= LEARNED and learned(treated) - learned(trial.baseline) >= learned(treated) / 2
    gained = progress(treated, trial.reference)
    return gained >= ENOUGH and gained - progress(trial.baseline, trial.reference) >= BETTER


def progress(run: Run, reference: Run) -> float:
    """Share of the reference's way from the untrained loss to its last one; below 0 when the loss rose."""
    start = _first(reference) if run.start_loss is None else run.start_loss
    way = start - _last(reference)
    if not run.epochs or not way > 0:
        return 0.0
    share = (start - _last(run)) / way
    return share if math.isfinite(share) else -math.inf


def _measure(entry: Entry, run: Run) -> float:
    return entry.measure(run) if entry.measure is not None else _last(run)


def _last(run: Run) -> float:
    if run.epochs:
        return run.epochs[-1].loss
    return math.nan if run.start_loss is None else run.start_loss


def _first(run: Run) -> float:
    if run.start_loss is not None:
        return run.start_loss
    return run.epochs[0].loss if run.epochs else math.nan


def _start(trial: Trial) -> float:
    return _first(trial.baseline) if trial.baseline.start_loss is not None else _first(trial.reference)
