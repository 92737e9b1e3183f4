"""The loss curve, drawn with characters, the right way up: larger is higher, later is further right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from rich.text import Text

from trainwhy.faces.terminal_text import BAD, SECOND, WEAK, line, prose, width_of, wrap
from trainwhy.narrative import course_of, curve_sentence, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.faces.style import Style
    from trainwhy.results import Epoch

ROWS = 7
PLOT = (16, 40)  # columns of the drawing: fewest, most
LARGEST = 1e300  # beyond it, the distance between two losses is no finite number any more
STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)

# flat, upright, then the corners: from the left down, from above right, from the left up, from below right
_HEAVY, _LIGHT, _ASCII_YOURS, _ASCII_HEALTHY = "━┃┓┗┛┏", "─│╮╰╯╭", "######", "......"


@dataclass(frozen=True, slots=True)
class _Line:
    """One curve: where it stands in each column (a row, or nothing), how it is drawn, and what is said of it."""

    heights: tuple[int | None, ...]
    signs: str
    color: str
    name: str
    words: str


def curve_lines(style: Style, epochs: Sequence[Epoch], reference: Sequence[Epoch], start: float | None) -> list[Text]:
    """Draw the loss of a run beside the healthy one, with its sentence; nothing for fewer than two points."""
    points, healthy = _points(epochs, start), _points(reference, start)
    finite = [loss for _, loss in points + healthy if math.isfinite(loss)]
    if len(points) < 2 or not finite:  # noqa: PLR2004 - a line needs two points
        return []
    low, high = _axis(finite)
    labels = [number(high), number((high + low) / 2), number(low)]
    margin = max(len(label) for label in labels) + 3
    words = [course_of(epochs, start), course_of(reference, start) if reference else ""]
    room = max(len("yours ") + len(words[0]), len("healthy ") + len(words[1]) if reference else 0) + 4
    beside = style.width - margin - room >= PLOT[0] + 4
    width = max(PLOT[0] // 2, min(PLOT[1], style.width - margin - (room if beside else 2)))
    last = max(at for at, _ in points + healthy)
    yours = _Line(
        _heights(points, last, width, low, high), _HEAVY if style.unicode else _ASCII_YOURS, BAD, "yours",
        words[0],
    )  # fmt: skip
    other = _Line(
        _heights(healthy, last, width, low, high), _LIGHT if style.unicode else _ASCII_HEALTHY, SECOND, "healthy",
        words[1],
    )  # fmt: skip
    lines = [yours, other] if reference else [yours]
    sentence = wrap(prose(style, curve_sentence(epochs, reference, start)), style.text_width)
    if all(height is None for one in lines for height in one.heights):
        return sentence
    said = _said_beside(lines, style.width - margin - width - 2) if beside else {}
    drawn = _drawn(style, _grid(lines, width), labels, margin, said)
    drawn.append(_axis_line(points, last, width, margin))
    if len(said) == len(lines):
        return drawn
    return drawn + _legend(lines) + sentence


def _points(epochs: Sequence[Epoch], start: float | None) -> list[tuple[int, float]]:
    first = [] if start is None or not epochs else [(0, start)]
    every = first + [(one.epoch, one.loss) for one in epochs]
    return [(at, max(-LARGEST, min(LARGEST, loss)) if math.isfinite(loss) else loss) for at, loss in every]


def _axis(losses: Sequence[float]) -> tuple[float, float]:
    """Choose round ends: from zero where losses come near it, else from a round number below them."""
    low, high = min(losses), max(losses)
    if low >= 0:
        return 0.0, _round_up(high)
    return -_round_up(-low), _round_up(high) if high > 0 else 0.0


def _round_up(x: float) -> float:
    if x <= 0:
        return 1.0
    size: float = 10.0 ** math.floor(math.log10(x))
    return next((step * size for step in STEPS if x <= step * size * 1.0001), 10 * size)


def _heights(
    points: Sequence[tuple[int, float]], last: int, width: int, low: float, high: float
) -> tuple[int | None, ...]:
    """Give the row of each column by walking straight from point to point; a line ends where numbers end."""
    if not points:
        return (None,) * width
    first = 0 if points[0][0] == 0 else 1
    span = max(1, last - first)
    return tuple(_height(points, first + span * column / (width - 1), low, high) for column in range(width))


def _height(points: Sequence[tuple[int, float]], at: float, low: float, high: float) -> int | None:
    for (left, before), (right, after) in pairwise(points):
        if left <= at <= right and math.isfinite(before):
            end = after if math.isfinite(after) else before
            if end is before and at > left and not math.isfinite(after):
                return None
            loss = before + (end - before) * (at - left) / max(1, right - left)
            return round((loss - low) / (high - low) * (ROWS - 1))
    return None


def _grid(lines: Sequence[_Line], width: int) -> dict[tuple[int, int], tuple[str, str]]:
    """Give the character and colour of each place; the learner's own curve lies on top."""
    grid: dict[tuple[int, int], tuple[str, str]] = {}
    for one in reversed(lines):
        for column in range(width):
            here = one.heights[column]
            if here is not None:
                _join(grid, one, column, one.heights[column - 1] if column else here, here)
    return grid


def _join(grid: dict[tuple[int, int], tuple[str, str]], one: _Line, column: int, before: int | None, here: int) -> None:
    flat, upright, left_down, right_down, left_up, right_up = tuple(one.signs)
    if before is None or before == here:
        grid[column, here] = (flat, one.color)
        return
    falls = here < before
    grid[column, before] = (left_down if falls else left_up, one.color)
    grid[column, here] = (right_down if falls else right_up, one.color)
    for between in range(min(before, here) + 1, max(before, here)):
        grid[column, between] = (upright, one.color)


def _drawn(
    style: Style,
    grid: dict[tuple[int, int], tuple[str, str]],
    labels: Sequence[str],
    margin: int,
    said: dict[int, Text],
) -> list[Text]:
    width = 1 + max(column for column, _ in grid)
    marks = {ROWS - 1: labels[0], ROWS // 2: labels[1], 0: labels[2]}
    drawn = []
    for row in reversed(range(ROWS)):
        tick = ("┤" if style.unicode else "+") if row in marks else ("│" if style.unicode else "|")
        whole = line((f"{marks.get(row, ''):>{margin - 2}} {tick}", WEAK))
        cells = [grid.get((column, row), (" ", "")) for column in range(width)]
        for color, same in groupby(cells, key=lambda cell: cell[1]):
            whole.append("".join(sign for sign, _ in same), color or None)
        drawn.append(line(whole, "   ", said[row]) if row in said else whole)
    return drawn


def _axis_line(points: Sequence[tuple[int, float]], last: int, width: int, margin: int) -> Text:
    first = "start" if points[0][0] == 0 else f"epoch {points[0][0]}"
    end = f"epoch {last}"
    if len(first) + len(end) >= width:
        return line((f"{' ' * margin}{end:>{width}}", WEAK))
    return line((f"{' ' * margin}{first}{end:>{max(1, width - len(first))}}", WEAK))


def _said_beside(lines: Sequence[_Line], room: int) -> dict[int, Text]:
    """Put each curve's words beside its end, on rows of their own; nothing when they do not fit."""
    said: dict[int, Text] = {}
    for one in lines:
        ends = [height for height in one.heights if height is not None]
        text = Text(f"{one.name} {one.words}", one.color)
        if not ends or width_of(text.plain) + 2 > room:
            return {}
        free = [row for row in range(ROWS) if row not in said]
        said[_nearest(free, ends[-1])] = text
    return said


def _nearest(rows: Sequence[int], row: int) -> int:
    return min(rows, key=lambda one: (abs(one - row), -one))


def _legend(lines: Sequence[_Line]) -> list[Text]:
    return [line(" ", *(part for one in lines for part in (" ", (one.signs[0] * 3, one.color), f" {one.name}")))]
