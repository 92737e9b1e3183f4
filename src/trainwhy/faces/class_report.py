"""What a class report says, as tables and sentences that the faces for a terminal and for a voice show their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces.clean import one_line
from trainwhy.narrative import count, percent, plural
from trainwhy.results import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainwhy.grades import ClassReport, Common

SHOWN = 15  # ways of not being solved, and pairs; all of them are in the written results
ALWAYS = ("solved", "unsolved")
HINT = (
    "A hint to look, and nothing more: a shared lesson, a shared search or a short exercise make files alike too. "
    "What the starter and the course's own solutions hold does not count."
)


def summary(report: ClassReport, took: str) -> str:
    """Say who handed in and how it went, in two lines."""
    counted = [f"{_heading(name)} {count(n)}" for name, n in report.counts.items() if n or name in ALWAYS]
    people = plural(len(report.people), "person", "people")
    return f"{people}, {plural(report.judged, 'file')} judged now, in {took}\n{'   '.join(counted)}"


def tables(report: ClassReport) -> tuple[Table, ...]:
    """Give the tables of a class: exercises, what is common, people, and pairs where somebody asked for them."""
    made = [_exercises(report), *_common(report), _people(report), *_unreadable(report), *_alike(report)]
    return tuple(made)


def _exercises(report: ClassReport) -> Table:
    rows = [
        (one.exercise.number, one.exercise.title, count(one.counts["solved"]), count(one.tried))
        for one in report.exercises
    ]
    return _table("Exercises", ("", "exercise", "solved", "tried"), rows)


def _people(report: ClassReport) -> Table:
    read = [one for one in report.people if not one.problem]
    rows = [
        (one.person, *map(count, (one.counts["solved"], one.tried, one.counts["not_started"], one.counts["missing"])))
        for one in read
    ]
    return _table("People", ("person", "solved", "tried", "not started", "missing"), rows)


def _unreadable(report: ClassReport) -> list[Table]:
    rows = [(one.person, one.problem) for one in report.people if one.problem]
    return [_table("Could not be read", ("person", "why"), rows)] if rows else []


def _common(report: ClassReport) -> list[Table]:
    rows = [(f"{one.code} {one.name}".strip(), count(one.files), _where(report, one)) for one in report.common[:SHOWN]]
    more = len(report.common) - SHOWN
    title = "Common in this class" + (f" (the first {SHOWN}; {count(more)} more in the results)" if more > 0 else "")
    return [_table(title, ("what", "files", "exercises"), rows)] if rows else []


def _where(report: ClassReport, common: Common) -> str:
    numbers = {one.exercise.id: one.exercise.number for one in report.exercises}
    return ", ".join(numbers[one] for one in common.exercises)


def _alike(report: ClassReport) -> list[Table]:
    if report.alike is None:
        return []
    if not report.alike:
        return [_table("Alike", ("what",), [("no two files share more than the exercise explains",)])]
    numbers = {one.exercise.id: one.exercise.number for one in report.exercises}
    rows = [(numbers[one.exercise], " and ".join(one.people), percent(one.share)) for one in report.alike[:SHOWN]]
    more = len(report.alike) - SHOWN
    title = "Alike" + (f" (the first {SHOWN}; {count(more)} more)" if more > 0 else "")
    return [_table(title, ("exercise", "people", "shared passages"), rows)]


def _heading(verdict: str) -> str:
    return verdict.replace("_", " ")


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """Make a table; a name that somebody chose must not break a line or act on the terminal."""
    return Table(title, tuple(columns), tuple(Row(tuple(one_line(cell) for cell in row)) for row in rows))
