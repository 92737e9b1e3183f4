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
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from trainwhy.cli.targets import Target
    from trainwhy.worker import Worker


def processors() -> int:
    """Count the processors this process may use."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def verify(
    targets: Sequence[Target],
    worker: Worker,
    check: Callable[..., Report],
    *,
    jobs: int,
    fail_fast: bool,
    told: Callable[[Report], None],
) -> list[Report]:
    """Check every target, `jobs` at a time; `told` hears each report in order. `fail_fast` stops at the first fail."""
    reports: list[Report] = []
    with engine.stopping(worker) as stoppable, ThreadPoolExecutor(max_workers=jobs) as pool:
        waiting = [pool.submit(one, target, stoppable, check) for target in targets]
        try:
            for report in _in_order(waiting):
                reports.append(report)
                told(report)
                if fail_fast and exits.of(report) not in (exits.SOLVED,) and report.verdict != "not_started":
                    break
        finally:
            stoppable.stop()
            pool.shutdown(wait=False, cancel_futures=True)
    return reports


def _in_order(waiting: Sequence[Future[Report]]) -> Iterator[Report]:
    for future in waiting:
        yield future.result()


def untouched(target: Target) -> bool:
    """Tell whether a file can be read and is still the starter, so that nothing has to be run."""
    try:
        return target.exercise.is_starter(read_python(target.path))
    except BadFile:
        return False


def one(target: Target, worker: Worker, check: Callable[..., Report]) -> Report:
    """Check one file; an untouched starter is not run, and a file that cannot be read is reported as that."""
    try:
        source = read_python(target.path)
    except BadFile as error:
        return _unreadable(target, error)
    if target.exercise.is_starter(source):
        return _plain(target, "finished", "not_started", source=source)
    try:
        return check(target.exercise, source, worker, path=target.shown)
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
