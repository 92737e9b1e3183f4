"""What is known about a class once it is judged: one row per person and exercise, and what is common. Plain data.

Standard library only, like `results`: every face of a class reads these, and nothing here is read from a disk.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

# What a row's verdict may be, in the order in which a table shows them.
VERDICTS = ("solved", "flaky", "unsolved", "not_started", "missing", "unreadable", "not_judged")


def _column(meaning: str) -> str:
    column: str = field(default="", metadata={"meaning": meaning})
    return column


@dataclass(frozen=True, slots=True)
class Row:
    """One person's file for one exercise. The fields are the columns of every file that is written."""

    person: str = _column("name of the folder or archive, without its ending")
    exercise: str = _column("id of the exercise; empty where nothing of this person could be read")
    number: str = _column("chapter and place, as in 2.1")
    file: str = _column("where the file belongs in a workspace")
    verdict: str = _column("solved, flaky, unsolved, not_started, missing, unreadable or not_judged")
    outcome: str = _column("how the run ended: finished, raised, timed_out ...; empty where nothing was run")
    code: str = _column("code of the first finding, as TW101")
    name: str = _column("name of that finding, or of the exception, or goal:NAME not met, or answer:NAME not right")
    line: int | None = field(default=None, metadata={"meaning": "line in the person's file, where there is one"})
    message: str = _column("one fact about why it is not solved")
    proof: str = _column("proven or likely, with --prove")
    seconds: float = field(default=0.0, metadata={"meaning": "seconds that judging took"})
    sandbox: str = _column("what confined the run; none means that the file could do what its user may")
    files_alike: int = field(default=1, metadata={"meaning": "files of this class with these very bytes, judged once"})
    source_sha256: str = _column("SHA-256 of the file's bytes")
    trainwhy: str = _column("version that judged")
    tensorflow: str = _column("version that judged")
    keras: str = _column("version that judged")


COLUMNS: tuple[tuple[str, str], ...] = tuple((one.name, one.metadata["meaning"]) for one in fields(Row))


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise of the course, as far as a class report shows it."""

    id: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class PersonCount:
    """How many exercises of one person ended with each verdict; `problem` says why nothing could be read."""

    person: str
    counts: dict[str, int]
    problem: str = ""

    @property
    def tried(self) -> int:
        """How many were handed in that are no longer the starter."""
        return _tried(self.counts)


@dataclass(frozen=True, slots=True)
class ExerciseCount:
    """How many people ended with each verdict on one exercise."""

    exercise: Exercise
    counts: dict[str, int]

    @property
    def tried(self) -> int:
        """How many handed in something other than the starter."""
        return _tried(self.counts)


def _tried(counts: dict[str, int]) -> int:
    return sum(counts[name] for name in ("solved", "flaky", "unsolved", "unreadable", "not_judged"))


@dataclass(frozen=True, slots=True)
class Common:
    """One way of not being solved, and how often it was met; `code` is empty for what is no diagnosis."""

    code: str
    name: str
    files: int
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two files of one exercise that share much that is not the starter's. A hint to look, and nothing more."""

    exercise: str
    people: tuple[str, str]
    share: float  # of the smaller file's own passages, 0 to 1


@dataclass(frozen=True, slots=True)
class ClassReport:
    """All that a face shows of a class."""

    rows: tuple[Row, ...]
    people: tuple[PersonCount, ...]
    exercises: tuple[ExerciseCount, ...]
    common: tuple[Common, ...]
    alike: tuple[Alike, ...] | None = None  # None: nobody asked
    seconds: float = 0.0
    judged: int = 0  # files that were run now; the others were known, identical, untouched or missing

    @property
    def counts(self) -> dict[str, int]:
        """How many rows ended with each verdict."""
        return _counted(self.rows)


def report(
    rows: Sequence[Row],
    exercises: Iterable[Exercise],
    *,
    alike: Sequence[Alike] | None = None,
    seconds: float = 0.0,
    judged: int = 0,
) -> ClassReport:
    """Count the rows by person, by exercise and by what went wrong."""
    by_person, by_exercise = defaultdict[str, list[Row]](list), defaultdict[str, list[Row]](list)
    for row in rows:
        by_person[row.person].append(row)
        by_exercise[row.exercise].append(row)
    return ClassReport(
        tuple(rows),
        tuple(_person(name, own) for name, own in by_person.items()),
        tuple(ExerciseCount(one, _counted(by_exercise[one.id])) for one in exercises),
        _common(rows),
        None if alike is None else tuple(alike),
        seconds,
        judged,
    )


def _person(name: str, rows: Sequence[Row]) -> PersonCount:
    problem = next((row.message for row in rows if not row.exercise), "")
    return PersonCount(name, _counted(row for row in rows if row.exercise), problem)


def _counted(rows: Iterable[Row]) -> dict[str, int]:
    counts = Counter(row.verdict for row in rows)
    return {name: counts[name] for name in VERDICTS}


def _common(rows: Iterable[Row]) -> tuple[Common, ...]:
    """The most frequent first; what was met equally often stands in the order of codes and names."""
    met = defaultdict[tuple[str, str], list[str]](list)
    for row in rows:
        if row.name and row.exercise and row.verdict in ("unsolved", "flaky"):
            met[row.code, row.name].append(row.exercise)
    found = [Common(code, name, len(where), tuple(dict.fromkeys(where))) for (code, name), where in met.items()]
    return tuple(sorted(found, key=lambda one: (-one.files, not one.code, one.code, one.name)))
