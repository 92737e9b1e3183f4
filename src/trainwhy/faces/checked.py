"""What the faces of a whole command are given: the reports, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from trainwhy.faces.wording import beside, names_cause, slashes
from trainwhy.narrative import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.results import Level, Report

Standing = Literal["passed", "failed", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is always true of a diagnosis, whatever the run: its page in parts."""

    code: str
    name: str
    level: Level
    title: str
    page: str = ""  # the sections of the page, as plain text
    why: str = ""
    help: str = ""
    broken: str = ""
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything one command checked."""

    reports: tuple[Report, ...]
    seconds: float = 0.0  # wall clock of the whole command
    began: str = "1970-01-01T00:00:00"  # UTC, ISO 8601 to the second, without a zone
    exit_code: int = 0
    rules: tuple[Rule, ...] = ()  # of the diagnoses that were found
    places: dict[str, str] = field(default_factory=dict)  # a report's path -> the same file inside the repository

    def place(self, report: Report, other: str = "") -> str:
        """Give where a report's file (or another file of its script) is, inside the repository where it is in one."""
        return slashes(beside(self.places.get(report.path, report.path), other))


def standing(report: Report) -> Standing:
    """Say what a report is in the words of test runners; a crash, a limit and our own fault are errors.

    What was not started and what is flaky is neither passed nor failed.
    """
    if report.verdict in ("not_started", "flaky"):
        return "skipped"
    if report.outcome == "finished" and report.verdict in ("solved", "healthy"):
        return "passed"
    return "failed" if names_cause(report) or report.outcome in ("finished", "bad_file") else "error"


def counted(reports: Sequence[Report]) -> str:
    """Count the verdicts in words, exercises and scripts alike."""
    names = ("solved", "healthy", "unsolved", "flaky", "not_started", None)
    counts = [(name, sum(one.verdict == name for one in reports)) for name in names]
    said = [f"{count(n)} {(name or 'not finished').replace('_', ' ')}" for name, n in counts if n]
    return ", ".join(said) or "nothing checked"
