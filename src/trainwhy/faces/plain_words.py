"""The sentences of the plain face, before they are written."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from trainwhy.faces import clean, wording
from trainwhy.faces.example import diff
from trainwhy.narrative import count, happened, number, plural, short_loss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.style import Style
    from trainwhy.results import Answer, Epoch, Finding, Goal, Report, Span, Table

_ALOUD = str.maketrans(
    {"→": "to", "²": " squared", "·": ",", "\u00d7": "times", "≥": "at least", "≤": "at most", "…": "..."}
)
_CODE_SIGN = str.maketrans({"`": ""})


def spoken(style: Style, text: str) -> str:
    """Make one sentence harmless."""
    return clean.words(text, ascii_only=not style.unicode)


def aloud(text: str) -> str:
    """Put signs that a reader skips or stumbles over into words."""
    return text.translate(_ALOUD).translate(_CODE_SIGN)


def epoch_sentence(
    epoch: Epoch, total: int | None, before: float | None, start: float | None, healthy: Epoch | None
) -> str:
    """Say one epoch: Epoch 3 of 5: loss 0.516, healthy 0.4, 4 of 4 variables moved, fell by half."""
    said = [f"loss {short_loss(epoch.loss)}"]
    said += [f"healthy {short_loss(healthy.loss)}"] if healthy else []
    said += [f"{name.replace('_', ' ')} {number(x)}" for name, x in epoch.metrics.items()]
    if epoch.variables:
        said.append(f"{count(epoch.weights_moved)} of {plural(epoch.variables, 'variable')} moved")
    said += [] if epoch.gradient is None else [f"gradient {number(epoch.gradient)}"]
    said.append(happened(epoch, before, start))
    return f"Epoch {epoch.epoch}{f' of {total}' if total else ''}: {', '.join(said)}."


def finding_sentences(report: Report, finding: Finding, *, wants_help: bool) -> list[str]:
    """Say one finding: what, where, with which numbers, how it is proven, why, and what to do."""
    title = wording.stopped(aloud(finding.title))
    said = [f"{finding.level.capitalize()} {finding.code}, {finding.name.replace('-', ' ')}: {title}"]
    said += [f"In {wording.slashes(report.path)}."] if not finding.spans else []
    said += [_marked(report, span) for span in sorted(finding.spans, key=lambda one: not one.primary)]
    said += [f"Evidence: {wording.stopped(aloud(one))}" for one in wording.evidence_words(finding.evidence)]
    said += [f"So: {wording.stopped(aloud(', then '.join(finding.chain)))}"] if finding.chain else []
    said += [f"Proof: {wording.stopped(aloud(one))}" for one in wording.proof_words(finding.proof)]
    said += [f"Why: {wording.stopped(aloud(finding.why))}"] if finding.why else []
    return said + (_help(finding) if wants_help else ["For a hint, type: trainwhy hint"])


def _marked(report: Report, span: Span) -> str:
    source = report.texts.get(span.path, "") if span.path else report.source
    rows = source.replace("\r\n", "\n").split("\n")
    code = rows[span.line - 1].strip() if 1 <= span.line <= len(rows) else ""
    part = _part(rows, span)
    where = (
        f"Line {span.line} of {wording.slashes(wording.beside(report.path, span.path))}"
        if span.primary
        else f"Line {span.line}"
    )
    about = f", at {part}" if part and part != code else ""
    first = f"{where}: {code}" if code else f"{where}."
    return f"{first}\n{wording.stopped(f'There{about}: {aloud(span.label)}')}" if span.label else first


def _part(rows: Sequence[str], span: Span) -> str:
    if span.line != span.end_line or not 1 <= span.line <= len(rows):
        return ""
    return rows[span.line - 1][span.column - 1 : span.end_column - 1].strip()


def _help(finding: Finding) -> list[str]:
    said = [f"Help: {wording.stopped(aloud(finding.help))}"] if finding.help else []
    said += _example(finding.broken, finding.fixed)
    return [*said, f"For the page about it, type: {wording.explain(finding)}"]


def _example(broken: str, fixed: str) -> list[str]:
    """Say which lines go and which come, in words rather than signs."""
    named = {"-": "Without the line", "+": "With the line"}
    rows = [f"{named[row[0]]}: {row[1:].strip()}" for row in diff(broken, fixed, context=0) if row[:1] in named]
    return ["For example:", *rows] if rows else []


def failure_sentences(report: Report) -> list[str]:
    """Say how the program ended, along which of the learner's own lines, and what to do."""
    error = report.error
    if error is None:
        return []
    kind, message = wording.failure_words(report.outcome, error)
    if report.outcome == "internal":
        return [wording.sentence(message)]
    said = [f"Error, {kind}: {wording.stopped(' '.join(message.split()))}"]
    said += [f"In {wording.slashes(report.path)}{f', line {error.line}' if error.line is not None else ''}."]
    if wording.names_cause(report):
        return said
    for frame, same in groupby(error.frames):
        times = len(list(same))
        again = f", {times} times" if times > 1 else ""
        inside = "" if frame.function in ("<module>", "") else f", in {frame.function}"
        said.append(f"Line {frame.line}{inside}{again}: {frame.text.strip()}")
    return said + ([f"Try: {wording.stopped(error.hint)}"] if error.hint else [])


def output_sentences(text: str, dropped: int) -> list[str]:
    """Set what the program printed between two sentences; equal lines are said once."""
    if not text.strip() and not dropped:
        return []
    rows = [(row, len(list(same))) for row, same in groupby(text.rstrip("\n").split("\n"))]
    first, last = wording.PRINTED
    hidden = len(rows) - first - last
    left_out = [(f"{plural(hidden, 'line')} between are not shown here.", 1)] if hidden > 0 else []
    shown = [*rows[:first], *left_out, *rows[-last:]] if hidden > 0 else rows
    said = [row if times == 1 else f"{row} ({times} times)" for row, times in shown]
    more = [wording.sentence(wording.more_words(dropped))] if dropped else []
    return ["Your program printed:", *said, *more, "End of what your program printed."]


def goal_sentences(goals: Sequence[Goal]) -> list[str]:
    """Say each goal."""
    return [f"Goal {wording.stopped(aloud(wording.goal_words(goal)))}" for goal in goals]


def answer_sentences(answers: Sequence[Answer], *, reveal: bool) -> list[str]:
    """Say each question, the answer and what it is worth."""
    said: list[str] = []
    for one in answers:
        said.append(f"Question: {one.text or one.name}")
        said += [wording.sentence(aloud(row)) for row in wording.answer_words(one, reveal=reveal)]
    return said


def table_sentences(table: Table) -> list[str]:
    """Say each row, every cell with the name of its column."""
    said = [wording.sentence(table.title)] if table.title else []
    for row in table.rows:
        cells = [
            f"{table.columns[at]} {cell}" if at < len(table.columns) and table.columns[at] else cell
            for at, cell in enumerate(row.cells)
        ]
        said.append(wording.sentence(", ".join(cells)))
    return said
