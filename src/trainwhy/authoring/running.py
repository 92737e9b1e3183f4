"""The half of an exercise's contract that only a run can prove, with the same `check` that judges learners."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from trainwhy.authoring.formats import expected_label
from trainwhy.authoring.problems import Problem
from trainwhy.errors import TrainwhyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trainwhy.course import Exercise
    from trainwhy.results import Report

Check = Callable[..., "Report"]  # trainwhy.check.check, or a fake of it
_MARGIN = 2.0  # a slower machine must keep the deadline too


@dataclass(frozen=True, slots=True)
class _Trial:
    """One file of the exercise, and what it must be named."""

    exercise: Exercise
    path: Path
    expected: str
    words: str  # which seed, when it matters


def check_exercise(exercise: Exercise, worker: Any, check: Check, jobs: int = 1) -> list[Problem]:
    """Run the starter, the solution, every alternative and every mistake; a problem for each broken promise.

    The starter and the mistakes must be named as declared. Solution and alternatives must be solved on every seed,
    each judged by itself, without any finding, in half of the deadline.
    """
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        found = pool.map(lambda trial: list(_problems(trial, worker, check)), _trials(exercise))
        return [problem for problems in found for problem in problems]


def label(report: Report) -> str:
    """Reduce a report to what a file is named.

    `TWnnn` (first finding of level error), `unanswered`, `blank`, `raised:Type`, `wrong:question`, `unmet:goal`,
    `solved`, or else the outcome or verdict itself (`timed_out`, `flaky`).
    """
    names = (_finding, _not_run, _raised, _wrong, _unmet)
    named = next((name for one in names if (name := one(report))), "")
    if named:
        return named
    return report.outcome if report.outcome != "finished" else report.verdict or "no verdict"


def _trials(exercise: Exercise) -> Iterator[_Trial]:
    yield _Trial(exercise, exercise.folder / "starter.py", exercise.expects, "")
    for path in (exercise.folder / "solution.py", *exercise.alternatives()):
        for seed in exercise.seeds:
            yield _Trial(replace(exercise, seeds=(seed,)), path, "solved", f" with seed {seed}")
    for path in exercise.mistakes():
        yield _Trial(exercise, path, expected_label(path), "")


def _problems(trial: _Trial, worker: Any, check: Check) -> Iterator[Problem]:
    source = trial.path.read_text(encoding="utf-8")
    name = "/".join(trial.path.parts[-2:])
    try:
        report = check(trial.exercise, source, worker, path=name, prove=False, judge_starter=True)
    except TrainwhyError as error:
        yield Problem(trial.path, f"could not be judged{trial.words}: {error.message}")
        return
    named = label(report)
    if named != trial.expected:
        yield Problem(trial.path, f"is named `{named}`{trial.words}; expected `{trial.expected}`{_more(report)}")
    elif trial.expected == "solved":
        yield from _tidy(trial, report)


def _tidy(trial: _Trial, report: Report) -> Iterator[Problem]:
    for finding in report.findings:
        yield Problem(trial.path, f"is right, and yet gets {finding.code} {finding.name}{trial.words}")
    # The report's own seconds hold the reference run and the verifier too; the deadline is for the training alone.
    seconds = sum(epoch.seconds for epoch in report.epochs)
    if seconds * _MARGIN > trial.exercise.deadline:
        limit = trial.exercise.deadline / _MARGIN
        yield Problem(trial.path, f"trains for {seconds:.3g} s{trial.words}; expected at most {limit:.3g} s")


def _more(report: Report) -> str:
    unmet = [goal.words or goal.name for goal in report.goals if not goal.met]
    said = report.error.message if report.error else "; ".join([finding.title for finding in report.findings] or unmet)
    return f" ({said.strip().splitlines()[-1]})" if said.strip() else ""


def _finding(report: Report) -> str:
    return next((finding.code for finding in report.findings if finding.level == "error"), "")


def _not_run(report: Report) -> str:
    return {"Unanswered": "unanswered", "Blank": "blank"}.get(report.error.type, "") if report.error else ""


def _raised(report: Report) -> str:
    # A file that ran but lacks what the exercise asks for has finished, with the failure beside it.
    return f"raised:{report.error.type}" if report.error and report.outcome in ("raised", "finished") else ""


def _wrong(report: Report) -> str:
    return next((f"wrong:{answer.name}" for answer in report.answers if not answer.right), "")


def _unmet(report: Report) -> str:
    return next((f"unmet:{goal.name}" for goal in report.goals if not goal.met), "")
