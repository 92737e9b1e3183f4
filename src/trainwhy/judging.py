"""Judging a file that shows no mistake: fresh seeds that nobody could know, and a verifier that recomputes.

What a worker says is narrative: it can fail a file, never solve it. Every goal here comes from the verifier.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from trainwhy import catalogue, running, unlisted
from trainwhy.catalogue import Entry
from trainwhy.results import Ended, Failure, Goal, Loaded, Match, Progress, Report, Request, Verdict
from trainwhy.running import Gathered
from trainwhy.worker import Worker

JUDGE_SECONDS = 120.0  # for the verifier: trusted code, which waits for the learner's
NOT_JUDGED = Goal("weights", None, None, "==", met=False, words="the verifier could not judge this run")
NOTHING = Gathered(Ended("finished", 0.0))  # of a verifier that was not asked
STORED = "learned-from-data"  # the verifier's goal for weights that do not depend on the data


def draw() -> tuple[int, int]:
    """Draw two seeds that nobody could know: an even one and the next, whose variants of a task fit no one model."""
    even = secrets.randbelow(2**31 - 2) & ~1
    return even, even + 1


def all_met(goals: Sequence[Goal]) -> bool:
    """Whether nothing is left to reach."""
    return all(goal.met for goal in goals)


def is_function(gathered: Gathered) -> bool:
    """Whether a worker says that it called a plain function, which runs once for all seeds."""
    return gathered.run is not None and gathered.run.loop == "function"


def fresh_seeds(
    worker: Worker, request: Request, solution: Request, seeds: tuple[int, ...], *, beside: bool = True
) -> tuple[Gathered, Gathered]:
    """Train on seeds nobody knew; beside it the verifier trains the reference, then re-evaluates the weights.

    Each process works through all seeds: it is warm for the second. The worker writes into one folder. The other, where
    the verifier is told that the worker's processes are dead, it may read only. With many files at once, nothing is
    gained by a verifier that waits `beside` each: then it comes afterwards, and not at all for a run that cannot pass.
    Nobody waits for a verifier of nothing.
    """
    with (
        unlisted.folder("trainwhy-left-") as left,
        unlisted.folder("trainwhy-told-") as told,
        _thread() as pool,
    ):
        over = told / secrets.token_hex(16)
        training, judge = (_on_seeds(asked, seeds, str(left), str(told)) for asked in (request, solution))
        judge = replace(judge, job="judge", deadline=JUDGE_SECONDS, over=str(over))
        judging = pool.submit(running.gather, worker, judge) if beside else None
        try:
            trained = running.gather(worker, training, lambda event: _challenge(event, told))
            for place, text in enumerate(trained.answers[: len(seeds)]):
                (told / f"{place}.json").write_bytes(text.encode("utf-8", "replace"))
        finally:
            over.touch()
        if judging is not None:
            return trained, judging.result() if trained.runs else NOTHING
        return trained, running.gather(worker, judge) if _may_pass(request, trained) else NOTHING


@contextlib.contextmanager
def _thread() -> Iterator[ThreadPoolExecutor]:
    """Have a thread for one thing, and leave it to itself in the end."""
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False)


def _may_pass(request: Request, trained: Gathered) -> bool:
    """Whether any seed's run ended well and shows no mistake."""
    ended = [replace(run, source=request.source) for run in trained.runs if run.error is None]
    return any(not any_error(catalogue.matching(run)) for run in ended)


def _challenge(event: Progress, told: Path) -> None:
    """Tell a function what to answer for, once its file has run: before that, nobody could have known."""
    asked = told / "seeds.json"
    if isinstance(event, Loaded):  # said twice, it asks anew, and the first answers are wrong
        part = asked.with_suffix(".part")
        part.write_text(json.dumps(draw()), encoding="utf-8")
        part.replace(asked)


def _on_seeds(request: Request, seeds: tuple[int, ...], left: str, told: str) -> Request:
    return replace(request, seed=seeds[0], more_seeds=seeds[1:], varied=True, artifact=left, told=told)


def verdict_of(report: Report, request: Request, seeds: tuple[int, ...], trained: Gathered, judge: Gathered) -> Report:
    """Solved when every fresh seed is clean and meets the goals, flaky when only some do.

    A verifier that failed has judged nothing: that is our fault, and no verdict. Weights that do not depend on the data
    are no matter of luck: whoever leaves them has not solved anything.
    """
    if judge.ended.outcome != "finished":
        return replace(report, outcome="internal", verdict=None, error=_not_judged(judge), goals=())
    measured = judge.measurements
    runs = trained.runs[:1] * len(seeds) if is_function(trained) else trained.runs[: len(seeds)]
    found = [catalogue.matching(replace(run, source=request.source)) for run in runs]
    goals = [m.goals or (NOT_JUDGED,) for m in measured[: len(seeds)]]
    goals += [(NOT_JUDGED,)] * (len(seeds) - len(goals))
    clean = [run.error is None and not any_error(f) for run, f in zip(runs, found, strict=True)]
    clean += [False] * (len(seeds) - len(clean))
    said = [m.goals for m in trained.measurements[: len(seeds)]]  # the task's own check of each run
    goals = [tuple(goal for goal in one if not goal.met) + met for one, met in zip_longest(said, goals, fillvalue=())]
    passed = [ok and all_met(met) for ok, met in zip(clean, goals, strict=True)]
    if trained.ended.outcome != "finished":
        passed[-1] = False
    worst = passed.index(False) if False in passed else 0
    if trained.ended.outcome not in ("finished", report.outcome):
        report = replace(report, outcome=trained.ended.outcome, error=trained.ended.failure)
    verdict: Verdict = "solved" if all(passed) else "flaky" if any(passed) and not _stored(goals) else "unsolved"
    findings = tuple(catalogue.finding(*pair) for pair in found[worst]) if worst < len(found) else ()
    tables = measured[worst].tables if worst < len(measured) else ()
    return replace(
        report,
        verdict=verdict,
        goals=goals[worst] if clean[worst] else (),
        findings=findings,
        tables=tables or report.tables,
    )


def _not_judged(judge: Gathered) -> Failure:
    failure = judge.ended.failure
    said = f": {failure.type}: {failure.message}" if failure else ""
    return Failure("NotJudged", f"the verifier ended before it had judged{said}")


def _stored(goals: Sequence[Sequence[Goal]]) -> bool:
    return any(goal.name == STORED and not goal.met for one in goals for goal in one)


def any_error(found: Sequence[tuple[Entry, Match]]) -> bool:
    """Whether a match keeps the file from being solved."""
    return any(entry.diagnosis.level == "error" for entry, _ in found)
