"""Checking many files with one worker: a few at a time, results in the order of the course."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import trainwhy
from trainwhy.cli import engine, exits
from trainwhy.errors import BadFile
from trainwhy.regular import read_python
from trainwhy.results import Failure, Report, Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future

    from trainwhy.cli.targets import Target
    from trainwhy.cli.tools import Tools
    from trainwhy.worker import Worker


def processors() -> int:
    """Count the processors this process may use."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def verify(
    targets: Sequence[Target],
    tools: Tools,
    *,
    jobs: int,
    fail_fast: bool,
    told: Callable[[Report], None],
) -> list[Report]:
    """Check every target, `jobs` at a time; `told` hears each report in order. `fail_fast` stops at the first fail.

    Where nothing has to be run, no worker is started.
    """
    settled = [not_run(target) for target in targets]
    if all(settled):
        return _until_fail((report for report in settled if report), told, fail_fast=fail_fast)
    with (
        tools.bulk() as worker,
        engine.stopping(worker) as stoppable,
        ThreadPoolExecutor(max_workers=jobs) as pool,
    ):
        waiting = _submitted(pool, targets, stoppable, tools, jobs)
        try:
            return _until_fail((future.result() for future in waiting), told, fail_fast=fail_fast)
        finally:
            stoppable.stop()
            pool.shutdown(wait=False, cancel_futures=True)


def _submitted(
    pool: ThreadPoolExecutor, targets: Sequence[Target], worker: Worker, tools: Tools, jobs: int
) -> list[Future[Report]]:
    """Begin with the last few, which a course makes the longest: no processor waits for them alone at the end."""
    places = list(range(len(targets)))
    first = places[-jobs:] if len(places) > jobs else []
    begun = {place: pool.submit(one, targets[place], worker, tools.check) for place in first}
    for place in places[: len(places) - len(first)]:
        begun[place] = pool.submit(one, targets[place], worker, tools.check)
    return [begun[place] for place in places]


def _until_fail(coming: Iterable[Report], told: Callable[[Report], None], *, fail_fast: bool) -> list[Report]:
    reports: list[Report] = []
    for report in coming:
        reports.append(report)
        told(report)
        if fail_fast and exits.of(report) != exits.SOLVED and report.verdict != "not_started":
            break
    return reports


def not_run(target: Target) -> Report | None:
    """Report what needs no run: a file that cannot be read, or that is still the starter; nothing for the others."""
    try:
        source = read_python(target.path)
    except BadFile as error:
        return _unreadable(target, error)
    if target.exercise.is_starter(source):
        return _plain(target, "finished", "not_started", source=source)
    return None


def one(target: Target, worker: Worker, check: Callable[..., Report]) -> Report:
    """Check one file."""
    report = not_run(target)
    if report is not None:
        return report
    try:
        return check(target.exercise, read_python(target.path), worker, path=target.shown, shown=False)
    except BadFile as error:
        return _unreadable(target, error)


def _unreadable(target: Target, error: BadFile) -> Report:
    failure = Failure("BadFile", f"{target.shown} is {error.found}; expected {error.expected}", hint=error.hint)
    return _plain(target, "bad_file", "unsolved", failure=failure)


def _plain(target: Target, outcome: str, verdict: str, *, source: str = "", failure: Failure | None = None) -> Report:
    return Report(
        target.shown,
        target.exercise.id,
        outcome,  # type: ignore[arg-type]  # one of the two words above
        verdict,  # type: ignore[arg-type]
        0.0,
        title=target.exercise.title,
        source=source,
        error=failure,
        versions=Versions(trainwhy.__version__),
    )
