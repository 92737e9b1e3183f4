"""What is wrong in a report, one problem after the other, as tools that collect problems want it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainwhy.results import Finding, Goal, Level, Report, Span

# What is wrong without a diagnosis: its stable id, and what it means.
OTHERS: dict[str, str] = {
    "raised": "The program stopped with an exception.",
    "timed-out": "The program ran past its time.",
    "out-of-memory": "The program asked for too much memory.",
    "crashed": "The process ended without a word.",
    "flooded": "The program printed or wrote without end.",
    "no-evidence": "The program ended before it could be watched.",
    "bad-file": "The file cannot be read as a program.",
    "incomplete": "What the exercise asks for is not in the file.",
    "goal-not-met": "The trained model does not reach a goal of the exercise.",
    "answer-not-right": "An answer is missing or not right.",
    "unsolved": "The exercise is not solved.",
    "flaky": "The verdict changes between seeds.",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where a tool files it, what it says, and where it is."""

    rule: str  # the code of a diagnosis, or one of OTHERS
    name: str
    level: Level
    title: str  # one line, harmless
    span: Span | None = None  # in the report's file, or in the file the span names
    line: int | None = None  # where only a line is known
    finding: Finding | None = None


def problems(report: Report) -> tuple[Problem, ...]:
    """List what is wrong with a file; nothing where nobody has begun, or where the fault is ours.

    An exception or an unmet goal that a named cause explains is not listed beside it.
    """
    if report.verdict == "not_started" or report.outcome == "internal":
        return ()
    found = [_of_finding(report, one) for one in report.findings]
    if not wording.names_cause(report):
        found += _failures(report)
        found += [_of_goal(one) for one in wording.open_goals(report) if not one.met and report.verdict != "solved"]
        found += [_of_answer(words) for words in wording.wrong_answers(report)]
    if report.verdict == "flaky":
        found.append(Problem("flaky", "flaky", "warning", wording.FLAKY.partition(": ")[2]))
    if not found and report.verdict not in ("solved", "healthy"):
        words = wording.ending(report.outcome) if report.outcome != "finished" else "not solved"
        found.append(Problem("unsolved", "unsolved", "error", words))
    return tuple(found)


def primary(report: Report, finding: Finding) -> Span | None:
    """Give the mark of what is wrong, when it lies inside the file: no line is better than a guessed one."""
    return next((span for span in finding.spans if span.primary and inside(report, span)), None)


def inside(report: Report, span: Span) -> bool:
    """Tell whether a mark lies on a line that is there."""
    text = report.texts.get(span.path, "") if span.path else report.source
    return 1 <= span.line <= text.count("\n") + 1 if text else span.line >= 1


def _of_finding(report: Report, finding: Finding) -> Problem:
    return Problem(
        finding.code, finding.name, finding.level, one_line(finding.title), primary(report, finding), finding=finding
    )


def _failures(report: Report) -> Iterator[Problem]:
    error = report.error
    if error is None:
        return
    kind, message = wording.failure_words(report.outcome, error)
    rule = "incomplete" if report.outcome == "finished" else report.outcome.replace("_", "-")
    yield Problem(rule, rule, "error", one_line(f"{kind}: {message}"), line=error.line)


def _of_goal(goal: Goal) -> Problem:
    return Problem("goal-not-met", "goal-not-met", "error", one_line(f"goal {wording.goal_words(goal)}"))


def _of_answer(words: str) -> Problem:
    return Problem("answer-not-right", "answer-not-right", "error", one_line(words))
