"""What stands around findings: how a program ended, what it printed, goals, answers, tables, notes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from trainwhy.faces import wording
from trainwhy.faces.terminal_frame import frame, location
from trainwhy.faces.terminal_text import (
    BAD,
    GOOD,
    STRONG,
    WEAK,
    hang,
    indent,
    labelled,
    line,
    literal,
    prose,
    width_of,
    wrap,
)
from trainwhy.narrative import plural
from trainwhy.results import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from trainwhy.faces.style import Style
    from trainwhy.results import Answer, Failure, Frame, Goal, Report, Table


def failure_lines(style: Style, report: Report) -> list[Text]:
    """Draw how the program ended: the message, the learner's own lines that led there, and what to do."""
    error = report.error
    if error is None:
        return []
    spans = _trace(report.source, error)
    kind, message = wording.failure_words(report.outcome, error)
    head = line(("error[", BAD), literal(style, kind, BAD), ("]: ", BAD))
    lines = indent(line(head, literal(style, message)), style.text_width, 4)
    if report.outcome != "internal":
        lines += location(style, report.path, spans, column=error.column is not None)
    if report.outcome == "internal" or wording.names_cause(report):
        return lines
    lines += frame(style, report.source, spans) if spans and report.source else _frames(style, error.frames)
    return lines + (labelled(style, "try", prose(style, error.hint)) if error.hint else [])


def _trace(source: str, error: Failure) -> tuple[Span, ...]:
    """Mark the line that raised and, as what led to it, the lines that called it; each line once."""
    rows = source.split("\n")
    spans: list[Span] = []
    if error.line is not None:
        inner = error.frames[-1].function if error.frames else ""
        spans.append(_whole(rows, error.line, error.column, _raised(inner, error), primary=True))
    for number, times, name in _callers(error):
        where = "" if name in ("<module>", "") else f"in `{name}`, "
        spans.append(_whole(rows, number, None, f"{where}called from here{times}", primary=False))
    return tuple(spans)


def _raised(function: str, error: Failure) -> str:
    """Say where: nothing for a file that could not even be read as a program."""
    if not error.frames:
        return ""
    return "raised here" if function in ("<module>", "") else f"raised here, in `{function}`"


def _callers(error: Failure) -> list[tuple[int, str, str]]:
    seen: dict[tuple[int, str], int] = {}
    for one in error.frames[:-1]:
        if one.line != error.line:
            seen[one.line, one.function] = seen.get((one.line, one.function), 0) + 1
    return [(number, f", {times} times" if times > 1 else "", name) for (number, name), times in seen.items()]


def _whole(rows: Sequence[str], number: int, column: int | None, label: str, *, primary: bool) -> Span:
    """Mark a line from its first to its last character, or the one place that is known."""
    text = rows[number - 1] if 1 <= number <= len(rows) else ""
    start = len(text) - len(text.lstrip()) + 1
    if column is not None:
        return Span(number, column, number, column + 1, label, primary=primary)
    return Span(number, start, number, max(start + 1, len(text.rstrip()) + 1), label, primary=primary)


def _frames(style: Style, frames: Sequence[Frame]) -> list[Text]:
    """List the learner's lines where the file itself is not at hand."""
    gutter = max((len(str(one.line)) for one in frames), default=0)
    lines: list[Text] = []
    for one in frames:
        where = "" if one.function in ("<module>", "") else f"   in {one.function}"
        lines += hang(line((f"{one.line:>{gutter}} | ", WEAK)), literal(style, one.text.strip() + where), style.width)
    return lines


def output_lines(style: Style, text: str, dropped: int) -> list[Text]:
    """Show what the learner's program printed, set off from what trainwhy says."""
    rows = _collapsed(text.rstrip("\n").split("\n")) if text.strip() else []
    if not rows and not dropped:
        return []
    first, last = wording.PRINTED
    hidden = len(rows) - first - last
    shown = rows if hidden <= 0 else [*rows[:first], *rows[-last:]]
    bar = line(("  │ " if style.unicode else "  | ", WEAK))
    lines = [line(("your program printed", STRONG))]
    for at, (row, times) in enumerate(shown):
        if hidden > 0 and at == first:
            left_out = f"... {plural(hidden, 'line')} between are not shown here"
            lines += hang("  ", prose(style, left_out, WEAK), style.width)
        again = line((f"   ({times} times)", WEAK)) if times > 1 else line()
        lines += [line(bar, one) for one in wrap(line(literal(style, row), again), style.width - 4)]
    kept = prose(style, f"... {wording.more_words(dropped)}", WEAK)
    return lines + hang("  ", kept, style.width) if dropped else lines


def _collapsed(rows: Sequence[str]) -> list[tuple[str, int]]:
    """Count equal lines that follow each other: a print in a loop is one thing to read."""
    return [(row, len(list(same))) for row, same in groupby(rows)]


def goal_lines(style: Style, goals: Sequence[Goal]) -> list[Text]:
    """List the goals: a mark, and the same in words."""
    return [one for goal in goals for one in _judged(style, goal.met, wording.goal_words(goal))]


def answer_lines(style: Style, answers: Sequence[Answer], *, reveal: bool) -> list[Text]:
    """Show each question with what was answered and why that is right or wrong."""
    lines: list[Text] = []
    for one in answers:
        lines += _judged(style, one.right, one.text or one.name)
        for row in wording.answer_words(one, reveal=reveal):
            lines += [line("    ", part) for part in wrap(prose(style, row), style.text_width - 4)]
    return lines


def _judged(style: Style, good: bool, text: str) -> list[Text]:
    sign = ("✔" if good else "✗") if style.unicode else ("+" if good else "x")
    return hang(line("  ", (sign, GOOD if good else BAD), " "), prose(style, text), style.text_width)


def grid_lines(style: Style, table: Table) -> list[Text]:
    """Draw a small table; where its columns do not fit, every row becomes a record with its names."""
    title = wrap(prose(style, table.title, STRONG), style.text_width) if table.title else []
    cells = [[_plain(style, cell) for cell in row] for row in (table.columns, *(row.cells for row in table.rows))]
    many = max((len(row) for row in cells), default=0)
    widths = [max(width_of(row[at]) if at < len(row) else 0 for row in cells) for at in range(many)]
    if sum(widths) + 3 * many > style.width:
        return [*title, *_records(style, cells)]
    right = [_numeric([row[at] for row in cells[1:] if at < len(row)]) for at in range(many)]
    drawn = []
    for place, row in enumerate(cells):
        parts = [_pad(cell, widths[at], right[at]) for at, cell in enumerate(row)]
        drawn.append(line(("  " + "   ".join(parts), WEAK if place == 0 else "")))
    return [*title, *drawn]


def _plain(style: Style, cell: str) -> str:
    return prose(style, " ".join(cell.split())).plain


def _pad(cell: str, width: int, right: bool) -> str:
    blank = " " * (width - width_of(cell))
    return blank + cell if right else cell + blank


def _numeric(cells: Sequence[str]) -> bool:
    return bool(cells) and all(cell[:1].isdigit() or cell[:1] in "-+." or cell in ("NaN", "none") for cell in cells)


def _records(style: Style, cells: Sequence[Sequence[str]]) -> list[Text]:
    lines: list[Text] = []
    for row in cells[1:]:
        for at, cell in enumerate(row):
            name = cells[0][at] if at < len(cells[0]) else ""
            margin = "  " if at == 0 else "    "
            head = line((f"{margin}{name}: " if name else margin, WEAK))
            lines += indent(line(head, cell), style.width, len(margin) + 2)
    return lines


def note_lines(style: Style, notes: Sequence[str]) -> list[Text]:
    """Write the notes, each behind its label."""
    return [one for note in notes for one in labelled(style, "note", prose(style, note))]
