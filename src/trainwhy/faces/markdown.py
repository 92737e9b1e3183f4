"""The face for a job's summary: Markdown with a table of all files, and below it what each unsolved one did.

Whatever a learner could have written (names, messages, labels, printed text) is escaped, or stands in a code block
that it cannot close. A summary is bounded: GitHub refuses one of more than 1 MiB.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from trainwhy.faces import markdown_parts as parts
from trainwhy.faces import wording
from trainwhy.faces.checked import counted
from trainwhy.faces.problems import problems
from trainwhy.narrative import plural

if TYPE_CHECKING:
    from trainwhy.faces.checked import Checked
    from trainwhy.results import Report

FORMAT = "markdown"
LIMIT = 900_000  # bytes; the job's other summaries want a little room too
TABLE_LIMIT = 300_000


def write(checked: Checked) -> str:
    """Write the whole summary."""
    head = f"{_head(checked)}\n{_table(checked)}"
    told = [report for report in checked.reports if _is_told(report)]
    left = LIMIT - _size(head)
    kept: list[str] = []
    for report in told:
        section = _section(checked, report)
        left -= _size(section)
        if left < 0:
            hidden = len(told) - len(kept)
            kept.append(f"\n{plural(hidden, 'more file')} not shown here: the summary would be too long.\n")
            break
        kept.append(section)
    return head + "".join(kept)


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def _is_told(report: Report) -> bool:
    """A solved exercise needs no section; a script of one's own is what the reader came for."""
    if report.verdict == "not_started":
        return False
    return report.verdict != "solved" or report.exercise is None or bool(report.findings)


def _head(checked: Checked) -> str:
    versions = next((one.versions for one in checked.reports if one.versions.tensorflow), None)
    with_what = [f"TensorFlow {versions.tensorflow}", f"Keras {versions.keras}"] if versions else []
    sandbox = wording.sandbox_words(checked.reports)
    facts = [f"in {wording.seconds(checked.seconds)} s", *with_what, f"sandbox: {sandbox}"]
    return f"## trainwhy: {counted(checked.reports)}\n\n{parts.prose('; '.join(facts))}\n"


def _table(checked: Checked) -> str:
    if not checked.reports:
        return ""
    rows = ["| file | verdict | what | seconds |", "|---|---|---|---:|"]
    size = 0
    for at, report in enumerate(checked.reports):
        row = _row(checked, report)
        size += _size(row)
        if size > TABLE_LIMIT:
            rows.append(f"| {plural(len(checked.reports) - at, 'more file')} | | | |")
            break
        rows.append(row)
    return "\n".join(rows) + "\n"


def _row(checked: Checked, report: Report) -> str:
    place, took = parts.code(checked.place(report), cell=True), wording.seconds(report.seconds)
    cells = (place, verdict(report), _what(report), took)
    return f"| {' | '.join(cells)} |"


def verdict(report: Report) -> str:
    """Give the verdict in words, with how the run ended where it did not finish."""
    said = (report.verdict or "not finished").replace("_", " ")
    return said if report.outcome in ("finished", "bad_file") else f"{said} ({report.outcome.replace('_', ' ')})"


def _what(report: Report) -> str:
    if report.outcome == "internal":
        return parts.prose(wording.NOT_YOURS)
    found = problems(report)
    if not found:
        return ""
    first = found[0]
    named = f"{first.rule} {first.name}: " if first.finding else ""
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return parts.prose(f"{named}{first.title}{more}", cell=True)


def _section(checked: Checked, report: Report) -> str:
    title = f": {parts.prose(report.title)}" if report.title else ""
    blocks = [f"### {parts.code(checked.place(report))}{title}", f"Verdict: {verdict(report)}."]
    blocks += [parts.failure(report)]
    blocks += [parts.finding(checked, report, one) for one in report.findings]
    blocks += [_listed(report)]
    blocks += [parts.epochs(report), parts.curve(report), parts.printed(report)]
    return "\n" + "\n\n".join(block for block in blocks if block) + "\n"


def _listed(report: Report) -> str:
    """List the goals, the answers and the notes."""
    said = [f"goal {wording.goal_words(goal)}" for goal in wording.open_goals(report)]
    said += [f"{one.text or one.name}: {'; '.join(wording.answer_words(one, reveal=False))}" for one in report.answers]
    said += [f"note: {note}" for note in report.notes]
    return "\n".join(f"- {parts.prose(_flat(one))}" for one in said)


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)
