"""Judging a file that shows no mistake: fresh seeds that nobody could know, and a verifier that recomputes."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from trainwhy import catalogue, running
from trainwhy.catalogue import Entry
from trainwhy.results import Goal, Match, Measured, Report, Request, Verdict
from trainwhy.running import Gathered
from trainwhy.worker import Worker

HIDDEN_SEEDS = 2
JUDGE_SECONDS = 120.0  # for the verifier: trusted code, which waits for the learner's
NOT_JUDGED = Goal("weights", None, None, "==", met=False, words="the verifier could not judge this run")


def draw() -> tuple[int, ...]:
    """Seeds that nobody could know."""
    return tuple(secrets.randbelow(2**31 - 1) for _ in range(HIDDEN_SEEDS))


def all_met(goals: Sequence[Goal]) -> bool:
    """Whether nothing is left to reach."""
    return all(goal.met for goal in goals)


def is_function(gathered: Gathered) -> bool:
    """Whether a plain function was compared, which leaves no weights to judge."""
    return gathered.run is not None and gathered.run.loop == "function"


def fresh_seeds(
    worker: Worker, request: Request, solution: Request, seeds: tuple[int, ...], *, beside: bool = True
) -> tuple[Gathered, tuple[Measured, ...]]:
    """Train on seeds nobody knew; beside it the verifier trains the reference, then re-evaluates the weights.

    Each process works through all seeds: it is warm for the second. With many files at once, nothing is gained by a
    verifier that waits `beside` each: then it comes afterwards, and not at all for a run that cannot pass.
    """
    with (
        tempfile.TemporaryDirectory(prefix="trainwhy-judge-") as home,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        training, judge = (_on_seeds(asked, seeds, home) for asked in (request, solution))
        judge = replace(judge, job="judge", deadline=JUDGE_SECONDS)
        judging = pool.submit(running.gather, worker, judge) if beside else None
        try:
            trained = running.gather(worker, replace(training, deadline=request.deadline * len(seeds)))
        finally:
            (Path(home) / "ready").touch()
        if judging is not None:
            return trained, judging.result().measurements
        return trained, running.gather(worker, judge).measurements if _may_pass(request, trained) else ()


def _may_pass(request: Request, trained: Gathered) -> bool:
    """Whether any seed's run ended well and shows no mistake."""
    ended = [replace(run, source=request.source) for run in trained.runs if run.error is None]
    return not is_function(trained) and any(not any_error(catalogue.matching(run)) for run in ended)


def _on_seeds(request: Request, seeds: tuple[int, ...], home: str) -> Request:
    return replace(request, seed=seeds[0], more_seeds=seeds[1:], artifact=home)


def verdict_of(
    report: Report, request: Request, seeds: tuple[int, ...], trained: Gathered, measured: tuple[Measured, ...]
) -> Report:
    """Solved when every fresh seed is clean and meets the goals, flaky when only some do."""
    # A file that forges events may say more runs than were asked for.
    runs, measured = trained.runs[: len(seeds)], measured[: len(seeds)]
    found = [catalogue.matching(replace(run, source=request.source)) for run in runs]
    goals = [m.goals or (NOT_JUDGED,) for m in measured] + [(NOT_JUDGED,)] * (len(seeds) - len(measured))
    clean = [run.error is None and not any_error(f) for run, f in zip(runs, found, strict=True)]
    clean += [False] * (len(seeds) - len(clean))
    passed = [ok and all_met(met) for ok, met in zip(clean, goals, strict=True)]
    worst = passed.index(False) if False in passed else 0
    if trained.ended.outcome not in ("finished", report.outcome):
        report = replace(report, outcome=trained.ended.outcome, error=trained.ended.failure)
    verdict: Verdict = "solved" if all(passed) else "flaky" if any(passed) else "unsolved"
    findings = tuple(catalogue.finding(*pair) for pair in found[worst]) if worst < len(found) else ()
    return replace(report, verdict=verdict, goals=goals[worst] if clean[worst] else (), findings=findings)


def any_error(found: Sequence[tuple[Entry, Match]]) -> bool:
    """Whether a match keeps the file from being solved."""
    return any(entry.diagnosis.level == "error" for entry, _ in found)
