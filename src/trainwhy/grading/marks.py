"""From what was handed in to what has to be judged, and from reports to rows. Pure: nothing is run or read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trainwhy import __version__, grades
from trainwhy.course import plain
from trainwhy.grades import Row
from trainwhy.results import Failure, Report, Versions

if TYPE_CHECKING:
    from trainwhy.course import Course, Exercise
    from trainwhy.grading.submissions import Handed, Submission

MESSAGE = 300  # signs; an exception may carry a novel

Key = tuple[str, str]  # exercise id, SHA-256 of the source


@dataclass(frozen=True, slots=True)
class Job:
    """One file to judge. Files of one exercise with the same bytes are one job: they get the same verdict."""

    exercise: str
    sha256: str
    source: str

    @property
    def key(self) -> Key:
        """What names its result."""
        return self.exercise, self.sha256


def jobs(course: Course, submissions: Sequence[Submission]) -> list[Job]:
    """Give what has to be run, each file once, person by person; an untouched starter needs no run."""
    found: dict[Key, Job] = {}
    for exercise_id, handed in _begun(course, submissions):
        job = Job(exercise_id, handed.sha256, handed.source)
        found.setdefault(job.key, job)
    return list(found.values())


def _begun(course: Course, submissions: Sequence[Submission]) -> Iterator[tuple[str, Handed]]:
    starters = _starters(course)
    for one in submissions:
        for exercise_id, handed in one.files.items():
            if not handed.problem and plain(handed.source) != starters[exercise_id]:
                yield exercise_id, handed


def _starters(course: Course) -> dict[str, str]:
    return {exercise.id: plain(exercise.starter()) for exercise in course.exercises}


def trimmed(report: Report) -> Report:
    """Leave out what no row shows, before a report is kept or sent: the source and all that the program printed."""
    return replace(report, source="", output="", tables=(), texts={}, reference=())


def rows(course: Course, submissions: Sequence[Submission], reports: Mapping[Key, Report]) -> list[Row]:
    """Give one row for each person and exercise, in the order of people and course."""
    starters, made = _starters(course), list[Row]()
    alike = Counter((exercise, handed.sha256) for one in submissions for exercise, handed in one.files.items())
    for one in submissions:
        if one.problem:
            made.append(
                Row(one.person, verdict="unreadable", name="BadSubmission", message=one.problem, trainwhy=__version__)
            )
            continue
        for exercise in course.exercises:
            handed = one.files.get(exercise.id)
            row = _row(exercise, handed, starters[exercise.id], reports)
            count = alike[exercise.id, handed.sha256] if handed is not None and handed.sha256 else 1
            made.append(replace(row, person=one.person, files_alike=count))
    return made


def _row(exercise: Exercise, handed: Handed | None, starter: str, reports: Mapping[Key, Report]) -> Row:
    known = Row(exercise=exercise.id, number=exercise.number, file=exercise.file, trainwhy=__version__)
    if handed is None:
        return replace(known, verdict="missing")
    known = replace(known, source_sha256=handed.sha256)
    if handed.problem:
        return replace(known, verdict="unreadable", outcome="bad_file", name="BadFile", message=handed.problem)
    if plain(handed.source) == starter:
        return replace(known, verdict="not_started")
    report = reports.get((exercise.id, handed.sha256))
    return replace(known, verdict="not_judged") if report is None else _judged(known, report)


def _judged(row: Row, report: Report) -> Row:
    verdict = report.verdict or ("not_judged" if report.outcome == "internal" else "unsolved")
    cause = _cause(report) if verdict != "solved" else _Cause()
    return replace(
        row,
        verdict=verdict,
        outcome=report.outcome,
        code=cause.code,
        name=cause.name,
        line=cause.line,
        message=" ".join(cause.message.split())[:MESSAGE],
        proof=cause.proof,
        seconds=round(report.seconds, 3),
        sandbox=report.sandbox,
        tensorflow=report.versions.tensorflow,
        keras=report.versions.keras,
    )


@dataclass(frozen=True, slots=True)
class _Cause:
    name: str = ""
    message: str = ""
    line: int | None = None
    code: str = ""
    proof: str = ""


def _cause(report: Report) -> _Cause:
    """What to tell first: a finding, an exception, a goal that is not met, an answer that is wrong."""
    for finding in report.findings:
        if finding.level == "error":
            line = next((span.line for span in finding.spans if span.primary and not span.path), None)
            proof = "" if finding.proof.status == "not_run" else finding.proof.status
            return _Cause(finding.name, finding.title, line, finding.code, proof)
    if report.error is not None:
        return _Cause(report.error.type, report.error.message, report.error.line)
    for goal in report.goals:
        if not goal.met:
            return _Cause(f"goal:{goal.name}", goal.words or "a goal is not met")
    for answer in report.answers:
        if not answer.right:
            return _Cause(f"answer:{answer.name}", "an answer is not right")
    return _Cause()


def exercises(course: Course) -> list[grades.Exercise]:
    """Give the exercises as a class report shows them."""
    return [grades.Exercise(one.id, one.number, one.title) for one in course.exercises]


def broken(exercise: Exercise, error: Exception) -> Report:
    """Report a fault of trainwhy's own with one file; the person behind it is not to blame, and it is judged again."""
    failure = Failure(type(error).__name__, str(error)[:MESSAGE])
    return Report(exercise.file, exercise.id, "internal", None, 0.0, error=failure, versions=Versions(__version__))
