"""Three-way merge of a learner's file: what they changed and what the course changed, both since the starter they got.

The differences are `difflib`'s; how two of them combine is the algorithm of diff3. The libraries on PyPI that do the
second step either ask for the GPL (`merge3`, with which the tests compare this) or merge inside a line
(`three-merge`), which makes code that nobody wrote.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Side = Literal["mine", "theirs", "markers"]
LONGEST = 2000  # lines; the time of a comparison grows with the square

# A form feed or U+2028 ends no line of Python, so `splitlines` would cut too often.
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKERS = ("<<<<<<< mine", "=======", ">>>>>>> the new starter")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Lines that both sides changed, each in another way. No line ends."""

    line: int  # of the learner's file, from 1; where the lines would stand when it has none
    mine: tuple[str, ...]
    base: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with both changes, and the places where that was not possible."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that stand together: `base[a:b]`, and what became of them on either side."""

    base: tuple[int, int]
    mine: tuple[int, int]
    theirs: tuple[int, int]


def merge(base: str, mine: str, theirs: str, prefer: Side = "mine") -> Merged:
    """Merge three texts line by line; `prefer` says what stands where both changed the same lines.

    Blanks at the ends of lines, line ends and byte order marks are no change; those of `mine` are kept.
    """
    lines = [_lines(text) for text in (base, mine, theirs)]
    keys = [[line.rstrip() for line in side] for side in lines]
    conflicts: list[Conflict] = []
    made: list[str] = []
    for piece in _pieces(*keys):
        b, m, t = keys[0][slice(*piece.base)], keys[1][slice(*piece.mine)], keys[2][slice(*piece.theirs)]
        ours, new = lines[1][slice(*piece.mine)], lines[2][slice(*piece.theirs)]
        if t in (m, b):
            made += ours
        elif m == b:
            made += new
        else:
            conflicts.append(Conflict(piece.mine[0] + 1, tuple(m), tuple(b), tuple(t)))
            made += _preferred(prefer, ours, new)
    return Merged(_joined(made, like=mine), tuple(conflicts))


def in_the_style_of(text: str, like: str) -> str:
    """Write a text with the line ends of another."""
    return _joined(_lines(text), like=like)


def too_long(*texts: str) -> bool:
    """Tell whether comparing them would take too long."""
    return any(len(_lines(text)) > LONGEST for text in texts)


def _preferred(prefer: Side, mine: list[str], theirs: list[str]) -> list[str]:
    first, middle, last = _MARKERS
    return {"mine": mine, "theirs": theirs, "markers": [first, *mine, middle, *theirs, last]}[prefer]


def _pieces(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[_Piece]:
    """Cut the three texts at the lines of the base that both sides still have."""
    to_mine, to_theirs = _kept(base, mine), _kept(base, theirs)
    a = b = c = 0
    for line in range(len(base)):
        if line in to_mine and line in to_theirs:
            m, t = to_mine[line], to_theirs[line]
            yield _Piece((a, line), (b, m), (c, t))
            yield _Piece((line, line + 1), (m, m + 1), (t, t + 1))
            a, b, c = line + 1, m + 1, t + 1
    yield _Piece((a, len(base)), (b, len(mine)), (c, len(theirs)))


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Say which lines of the base are where in the other text."""
    blocks = difflib.SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {a + n: b + n for a, b, size in blocks for n in range(size)}


def _lines(text: str) -> list[str]:
    return _LINE.findall(text)


def _joined(lines: Sequence[str], *, like: str) -> str:
    """Join lines of two texts; each ends as it did in `like`, and those of the other text as most lines there do."""
    end = _usual_end(like)
    known = set(_lines(like))
    whole = "".join(line if line in known and line[-1] in "\r\n" else line.rstrip("\r\n") + end for line in lines)
    ends_open = bool(like) and like[-1] not in "\r\n"
    return whole.removesuffix(end) if ends_open else whole


def _usual_end(text: str) -> str:
    ends = [line[len(line.rstrip("\r\n")) :] for line in _lines(text)]
    return max(("\n", "\r\n", "\r"), key=ends.count)
