"""Checking many files with one worker: a few at a time, results in the order of the course."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as WaitedTooLong  # the built-in one only from Python 3.11 on
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import trainwhy
from trainwhy.cli import crash, engine, exits, hiding
from trainwhy.errors import BadFile, Interrupted, TrainwhyError
from trainwhy.regular import read_python
from trainwhy.results import Failure, Report, Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future

    from trainwhy.cli.targets import Target
    from trainwhy.cli.tools import Tools
    from trainwhy.worker import Worker


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files at a time, and what ends the command early."""

    jobs: int
    fail_fast: bool = False  # after the first file that is not solved
    until: float | None = None  # a moment of `time.monotonic`


def verify(targets: Sequence[Target], tools: Tools, limits: Limits, told: Callable[[Report], None]) -> list[Report]:
    """Check every target, `jobs` at a time; `told` hears each report in order.

    Where nothing has to be run, no worker is started. Files that are not done when the time is up are reported as not
    finished; those behind the first fail are not reported with `fail_fast`.
    """
    settled = [not_run(target) for target in targets]
    if all(settled):
        return _until_fail((report for report in settled if report), told, limits)
    with (
        tools.bulk() as worker,
        engine.stopping(worker) as stoppable,
        ThreadPoolExecutor(max_workers=limits.jobs) as pool,
    ):
        waiting = _submitted(pool, targets, stoppable, tools, limits.jobs)
        try:
            coming = (
                _awaited(future, target, stoppable, limits) for future, target in zip(waiting, targets, strict=True)
            )
            return _until_fail(coming, told, limits)
        finally:
            stoppable.stop()
            pool.shutdown(wait=False, cancel_futures=True)


def _awaited(future: Future[Report], target: Target, worker: engine.Stoppable, limits: Limits) -> Report:
    """Wait for one report, or for the end of the time; then the runs that are on are ended too."""
    if limits.until is None:
        return future.result()
    try:
        return future.result(timeout=max(0.0, limits.until - time.monotonic()))
    except WaitedTooLong:
        if future.done():  # the check itself ended in such an error: a fault of ours
            raise
        worker.stop()
    except Interrupted:
        if time.monotonic() < limits.until:
            raise
    return _unfinished(target)


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


def _until_fail(coming: Iterable[Report], told: Callable[[Report], None], limits: Limits) -> list[Report]:
    reports: list[Report] = []
    for report in coming:
        reports.append(report)
        told(report)
        if limits.fail_fast and exits.of(report) != exits.SOLVED and report.verdict != "not_started":
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
        report = check(target.exercise, read_python(target.path), worker, path=target.shown, shown=False)
        return replace(report, notes=(*hiding.notes(target.path, target.shown), *report.notes))
    except BadFile as error:
        return _unreadable(target, error)
    except TrainwhyError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug of ours in one file must not cost the results of the others
        crash.report(error, [target.shown])
        return _plain(target, "internal", None, failure=Failure(type(error).__name__, str(error)))


def _unreadable(target: Target, error: BadFile) -> Report:
    failure = Failure("BadFile", f"{target.shown} is {error.found}; expected {error.expected}", hint=error.hint)
    return _plain(target, "bad_file", "unsolved", failure=failure)


def _unfinished(target: Target) -> Report:
    failure = Failure("TimedOut", "not checked to its end: the time of `--timeout` was used up")
    return _plain(target, "timed_out", None, failure=failure)


def _plain(
    target: Target, outcome: str, verdict: str | None, *, source: str = "", failure: Failure | None = None
) -> Report:
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
