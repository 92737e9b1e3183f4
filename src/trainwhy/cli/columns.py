"""Rows in columns where they fit, stacked records where they do not; no cell is ever cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "


def aligned(rows: Sequence[Sequence[str]], width: int, right: Sequence[int] = ()) -> list[str] | None:
    """Align the cells of all rows; nothing when a row would be wider than `width`."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        GAP.join(_cell(cell, size, place in right) for place, (cell, size) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    lines = [line.rstrip() for line in lines]
    return lines if all(len(line) <= width for line in lines) else None


def _cell(text: str, size: int, to_the_right: bool) -> str:
    return text.rjust(size) if to_the_right else text.ljust(size)
