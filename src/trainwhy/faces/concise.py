"""The face for logs: a summary, then one line for each thing that is wrong, which a search finds and stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.clean import one_line
from trainwhy.faces.json import summary
from trainwhy.narrative import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.checked import Checked
    from trainwhy.results import Finding, Report

FORMAT = "text"
ALWAYS = ("solved", "unsolved", "not_started")
GAP = "   "


def write(checked: Checked) -> str:
    """Write all that was checked."""
    return verify(checked.reports, checked.seconds)


def verify(reports: Sequence[Report], seconds: float) -> str:
    """Write the counts, and below them what is to be repaired."""
    counts = [(name, n) for name, n in summary(reports).items() if n or name in ALWAYS]
    counted = GAP.join(f"{name.replace('_', ' ')} {count(n)}" for name, n in counts)
    sandbox = wording.sandbox_words(reports)
    first = f"{counted}{GAP}in {wording.seconds(seconds)} s, sandbox: {sandbox}"
    return "".join(f"{row}\n" for row in (first, *(row for report in reports for row in lines(report))))


def lines(report: Report) -> tuple[str, ...]:
    """Give one line for each finding, failure, unmet goal and wrong answer; none where nobody has begun."""
    if report.verdict in ("not_started", "solved", "healthy"):
        return ()
    said = _failures(report) + [_finding(report, one) for one in report.findings]
    said += [
        f"{_place(report)}: goal {one_line(wording.goal_words(one))}"
        for one in wording.open_goals(report)
        if not one.met
    ]
    said += [f"{_place(report)}: answer {one_line(words)}" for words in wording.wrong_answers(report)]
    said += [] if said else [f"{_place(report)}: {report.verdict or wording.ending(report.outcome)}"]
    return tuple(said)


def _place(report: Report, line: int | None = None, column: int | None = None) -> str:
    known = [str(part) for part in (line, column if line is not None else None) if part is not None]
    return ":".join([one_line(wording.slashes(report.path)), *known])


def _finding(report: Report, finding: Finding) -> str:
    main = next((span for span in finding.spans if span.primary), None)
    place = _place(report, main.line, main.column) if main else _place(report)
    return f"{place}: {finding.code} {finding.name}: {one_line(finding.title)}"


def _failures(report: Report) -> list[str]:
    if report.error is None:
        return []
    kind, message = wording.failure_words(report.outcome, report.error)
    said = message if report.outcome == "internal" else f"{kind}: {message}"
    return [f"{_place(report, report.error.line, report.error.column)}: {one_line(said)}"]
