"""Where the script's own loops stand, read from its frames: what tells one epoch from the next."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from types import FrameType
from typing import Any, Union

Loop = Union[ast.For, ast.While]
PLAIN = (bool, int, float, str, bytes)


@dataclass(frozen=True)
class Turn:
    """One turn of one loop: where the loop stands, and the value that its target has now."""

    frame: FrameType
    line: int
    names: tuple[str, ...]
    values: tuple[Hashable, ...]


class Trees:
    """Finds the loops around a line of a file; every file is parsed once."""

    def __init__(self) -> None:
        self._loops: dict[str, list[Loop]] = {}
        self._around: dict[tuple[str, int], tuple[tuple[int, tuple[str, ...]], ...]] = {}

    def around(self, name: str, line: int, text: Callable[[], str]) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Return (line, names that change from turn to turn) of each loop around `line`, outermost first."""
        found = self._around.get((name, line))
        if found is None:
            loops = [loop for loop in self._of(name, text) if _body(loop)[0] <= line <= _body(loop)[1]]
            found = tuple((loop.lineno, _names(loop)) for loop in sorted(loops, key=lambda loop: loop.lineno))
            self._around[name, line] = found
        return found

    def _of(self, name: str, text: Callable[[], str]) -> list[Loop]:
        if name not in self._loops:
            try:
                tree = ast.parse(text())
            except SyntaxError:
                tree = ast.Module([], [])
            self._loops[name] = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]
        return self._loops[name]


def _body(loop: Loop) -> tuple[int, int]:
    return loop.body[0].lineno, loop.body[-1].end_lineno or loop.body[-1].lineno


def _names(loop: Loop) -> tuple[str, ...]:
    where = loop.target if isinstance(loop, ast.For) else loop.test
    return tuple(dict.fromkeys(node.id for node in ast.walk(where) if isinstance(node, ast.Name)))


def values(frame: FrameType, names: tuple[str, ...]) -> tuple[Hashable, ...]:
    """Read what the loop's names hold; anything but plain values stands for itself by its identity."""
    known: Any = frame.f_locals
    return tuple(_plain(known.get(name, frame.f_globals.get(name))) for name in names)


def _plain(value: Any) -> Hashable:
    return value if isinstance(value, PLAIN) else id(value)
