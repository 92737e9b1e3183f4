"""Judging a class: what is known is taken, the rest is judged here or on a cluster, and each result is kept at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from trainwhy import grades
from trainwhy.cli import engine, grade_progress, talk, words
from trainwhy.errors import TrainwhyError
from trainwhy.grading import judge as judges
from trainwhy.grading import marks, submissions
from trainwhy.grading.seeds import Seeds
from trainwhy.grading.store import Store

if TYPE_CHECKING:
    from trainwhy.cli.tools import Tools
    from trainwhy.course import Course, Exercise
    from trainwhy.grades import ClassReport
    from trainwhy.grading.judge import Judge
    from trainwhy.grading.marks import Job, Key
    from trainwhy.grading.submissions import Submission
    from trainwhy.results import Report
    from trainwhy.worker import Worker

Coming = Iterator[tuple["Job", "Report"]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a class is judged. `jobs` files at a time here, or on the Dask cluster at `dask`."""

    jobs: int
    dask: str = ""
    prove: bool = False
    sandbox: bool = False  # or nothing is run; `tools` see to it on this machine
    fresh: bool = False
    similar: bool = False


def grade(tools: Tools, folder: Path, work: Path, settings: Settings) -> ClassReport:
    """Judge everybody in `folder`; results are kept in `work` as they come. Raises Interrupted with nothing lost."""
    began = time.monotonic()
    course = tools.course()
    people, others = submissions.found(folder)
    _mention(tools, [name for name in others if not name.startswith(work.name)])
    handed = list(submissions.read(people, course))
    jobs = marks.jobs(course, handed)
    with Store(work, words.shown(tools, work)) as store:
        judge = judges.here(course.folder, prove=settings.prove, sandbox=settings.sandbox)
        if settings.fresh:
            store.forget(judge.key)
        reports = store.known(judge.key)
        left = [job for job in jobs if job.key not in reports]
        _say_what_is_known(tools, store, judge, len(jobs) - len(left))
        if left:
            reports |= _judged(tools, course, left, judge, settings, store)
    return grades.report(
        marks.rows(course, handed, reports),
        marks.exercises(course),
        alike=_alike(course, handed) if settings.similar else None,
        seconds=time.monotonic() - began,
        judged=len(left),
    )


def _mention(tools: Tools, others: Sequence[str]) -> None:
    if others:
        named = ", ".join(f"`{name}`" for name in others[:3]) + (" ..." if len(others) > 3 else "")  # noqa: PLR2004
        talk.aside(tools.screen, f"Passed over, as neither folder nor archive: {named}")


def _say_what_is_known(tools: Tools, store: Store, judge: Judge, known: int) -> None:
    if known:
        talk.aside(tools.screen, f"{_files(known)} judged before: taken from {store.shown} (--fresh judges them again)")
    elif others := store.others(judge.key):
        by = "another version of trainwhy, of the course or of TensorFlow"
        talk.aside(tools.screen, f"{_files(others)} judged by {by}: not used (in {store.shown})")


def _files(count: int) -> str:
    return "1 file was" if count == 1 else f"{count} files were"


def _judged(
    tools: Tools, course: Course, left: Sequence[Job], judge: Judge, settings: Settings, store: Store
) -> dict[Key, Report]:
    """Judge what is left. A fault of ours is reported and not kept: the next grade tries again."""
    exercises = {one.id: one for one in course.exercises}
    made: dict[Key, Report] = {}
    with grade_progress.showing(tools.screen, len(left)) as progress:
        if settings.dask:
            coming = _by_cluster(settings.dask, left, judge, progress.waiting)
        else:
            coming = _here(tools, exercises, left, settings)
        with closing(coming):  # type: ignore[type-var]  # both are generators
            for job, report in coming:
                if report.outcome != "internal":
                    store.add(job.key, judge.key, report)
                made[job.key] = report
                progress.judged(exercises[job.exercise].title)
    return made


def _here(tools: Tools, exercises: dict[str, Exercise], left: Sequence[Job], settings: Settings) -> Coming:
    """Judge on this machine, `jobs` at a time, in the order in which they finish."""
    seeds = Seeds()
    with (
        tools.bulk() as worker,
        engine.stopping(worker) as stoppable,
        ThreadPoolExecutor(max_workers=settings.jobs) as pool,
    ):
        one = _checker(tools.check, stoppable, seeds, prove=settings.prove)
        waiting = {pool.submit(one, exercises[job.exercise], job.source): job for job in left}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        finally:
            stoppable.stop()
            pool.shutdown(wait=False, cancel_futures=True)


def _checker(
    check: Callable[..., Report], worker: Worker, seeds: Seeds, *, prove: bool
) -> Callable[[Exercise, str], Report]:
    def one(exercise: Exercise, source: str) -> Report:
        drawn = seeds.of(exercise.id)
        try:
            report = check(exercise, source, worker, path=exercise.file, shown=False, prove=prove, seeds=drawn)
        except TrainwhyError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours with one file must not cost the others
            return marks.broken(exercise, error)
        seeds.saw(report)
        return marks.trimmed(report)

    return one


def _by_cluster(address: str, left: Sequence[Job], judge: Judge, waiting: Callable[[str], None]) -> Coming:
    from trainwhy.grading import cluster

    return cluster.judged(address, left, judge, waiting=waiting)


def _alike(course: Course, handed: Sequence[Submission]) -> list[grades.Alike]:
    from trainwhy.grading import similar

    return similar.hints(course, handed)
