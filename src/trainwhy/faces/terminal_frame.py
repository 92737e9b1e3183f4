"""The code frame: the learner's lines as they are written, with what is wrong and how it came about marked below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from trainwhy.faces import clean
from trainwhy.faces.terminal_text import BAD, SECOND, WEAK, line, place, prose, width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text

    from trainwhy.faces.style import Style
    from trainwhy.results import Span

LONGEST_SPAN = 4  # lines of one span that are all shown; a longer one shows its first and last
LABEL_ROOM = 20  # columns a label wants below its mark; with fewer it begins further left


@dataclass(frozen=True, slots=True)
class _Mark:
    """A part of one source line: 0-based characters, end exclusive; the label stands at the last part of a span."""

    start: int
    end: int
    label: str
    primary: bool


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A part of one source line that fits the screen: its characters, and the columns it is moved in by."""

    start: int
    end: int
    indent: int


def location(style: Style, path: str, spans: Sequence[Span], *, column: bool = True) -> list[Text]:
    """Write `--> path:line:col` of what is wrong, or as much of it as is known."""
    main = next((span for span in spans if span.primary), spans[0] if spans else None)
    where = f":{main.line}" + (f":{main.column}" if column else "") if main else ""
    return [line(("  --> ", WEAK), place(style, path, where))]


def frame(style: Style, source: str, spans: Sequence[Span]) -> list[Text]:
    """Draw the marked lines; nothing when no span lies inside the source."""
    rows = source.replace("\r\n", "\n").split("\n")
    marked = _marked(rows, spans)
    if not marked:
        return []
    gutter = len(str(max(marked)))
    bar = line((f"{' ' * gutter} |", WEAK))
    drawn, before = [bar], 0
    for number in _shown(marked):
        if before and number > before + 1:
            drawn.append(line(("...", WEAK)))
        drawn += _source_line(style, gutter, number, rows[number - 1], marked.get(number, []))
        before = number
    return [*drawn, bar]


def _shown(marked: dict[int, list[_Mark]]) -> list[int]:
    """Give the line numbers to draw: the marked ones, and a single line between two of them."""
    numbers = sorted(marked)
    between = [low + 1 for low, high in pairwise(numbers) if high == low + 2]
    return sorted({*numbers, *between})


def _marked(rows: Sequence[str], spans: Sequence[Span]) -> dict[int, list[_Mark]]:
    marked: dict[int, list[_Mark]] = {}
    for span in sorted(spans, key=lambda one: not one.primary):
        if not 1 <= span.line <= len(rows):
            continue
        last = max(span.line, min(span.end_line, len(rows)))
        inside = range(span.line, last + 1)
        for number in inside if len(inside) <= LONGEST_SPAN else (span.line, last):
            mark = _mark(rows[number - 1], span, number, last)
            marked.setdefault(number, []).append(mark)
    return marked


def _mark(row: str, span: Span, number: int, last: int) -> _Mark:
    indent = len(row) - len(row.lstrip())
    start = span.column - 1 if number == span.line else indent
    end = span.end_column - 1 if number == span.end_line else len(row.rstrip())
    start = min(max(0, start), len(row))
    end = max(start + 1, min(end, len(row)))
    return _Mark(start, end, span.label if number == last else "", span.primary)


def _source_line(style: Style, gutter: int, number: int, row: str, marks: Sequence[_Mark]) -> list[Text]:
    pieces = clean.shown(row, ascii_only=not style.unicode)
    room = style.width - gutter - 3
    drawn: list[Text] = []
    for chunk in _chunks(pieces, row, max(10, room - 1)):
        name = str(number) if chunk.start == 0 else "." * len(str(number))
        text = " " * chunk.indent + "".join(pieces[chunk.start : chunk.end])
        drawn.append(line((f"{name:>{gutter}} | ", WEAK), text.rstrip()))
        for mark in marks:
            drawn += [line((f"{' ' * gutter} | ", WEAK), one) for one in _below(style, pieces, chunk, mark, room)]
    return drawn


def _below(style: Style, pieces: Sequence[str], chunk: _Chunk, mark: _Mark, room: int) -> list[Text]:
    """Draw the mark of one chunk, and the label where the mark ends."""
    start, end = max(mark.start, chunk.start), min(mark.end, chunk.end)
    past_the_end = mark.start >= len(pieces) and chunk.end == len(pieces)
    if start >= end and not past_the_end:
        return []
    offset = chunk.indent + width_of("".join(pieces[chunk.start : min(start, len(pieces))]))
    length = max(1, width_of("".join(pieces[start:end])))
    color = BAD if mark.primary else SECOND
    sign = ("━" if mark.primary else "─") if style.unicode else ("^" if mark.primary else "-")
    drawn = line(" " * offset, (sign * length, color))
    here = mark.end <= chunk.end or past_the_end or chunk.end >= len(pieces)
    return _with_label(drawn, prose(style, mark.label, color), offset, room) if here and mark.label else [drawn]


def _with_label(drawn: Text, label: Text, offset: int, room: int) -> list[Text]:
    if width_of(drawn.plain) + 1 + width_of(label.plain) <= room and "\n" not in label.plain:
        return [line(drawn, " ", label)]
    widest = max(width_of(row) for row in label.plain.split("\n"))
    left = max(0, min(offset, room - min(max(widest, LABEL_ROOM), max(LABEL_ROOM, room - 4))))
    return [drawn, *(line(" " * left, one) for one in wrap(label, room - left))]


def _chunks(pieces: Sequence[str], row: str, room: int) -> list[_Chunk]:
    """Break a source line that is wider than the screen; further parts are moved in below its beginning."""
    widths = [width_of(piece) for piece in pieces]
    indent = min(sum(widths[: len(row) - len(row.lstrip())]) + 4, room // 3)
    chunks, start, moved = [], 0, 0
    while True:
        end = _fits(pieces, widths, start, room - moved)
        chunks.append(_Chunk(start, end, moved))
        if end >= len(pieces):
            return chunks
        start, moved = end, indent


def _fits(pieces: Sequence[str], widths: Sequence[int], start: int, room: int) -> int:
    used, end = 0, start
    while end < len(pieces) and used + widths[end] <= room:
        used += widths[end]
        end += 1
    if end >= len(pieces):
        return end
    breaks = [at for at in range(start + (end - start) // 2, end) if pieces[at] in " ,(["]
    return breaks[-1] + 1 if breaks else max(end, start + 1)
