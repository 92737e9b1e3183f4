"""Which iterators the script's loops draw from, read from its text and its frames."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator
from types import FrameType
from typing import Any, Union

Place = Union[ast.Name, ast.Attribute]
MISSING = object()


def tree_of(frame: FrameType) -> ast.Module:
    """Parse the file of a frame; an empty module when it cannot be."""
    try:
        return ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    except SyntaxError:
        return ast.Module([], [])


def loop_at(tree: ast.Module, line: int) -> ast.For | ast.While | None:
    """Return the loop whose header begins on this line."""
    loops = (node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While)))
    return next((loop for loop in loops if loop.lineno == line), None)


def drawn_from(loop: ast.For | ast.While) -> Iterator[tuple[Place, int]]:
    """Yield what stands, inside this loop's body, where values are drawn or handed on: its place and its line."""
    kept = {ast.unparse(node) for node in _stored(loop)}
    for node in (part for statement in loop.body for part in ast.walk(statement)):
        for source in _sources(node):
            for place in ast.walk(source):
                if isinstance(place, (ast.Name, ast.Attribute)) and ast.unparse(place) not in kept:
                    yield place, place.lineno


def _sources(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.For):
        return [node.iter]
    if isinstance(node, ast.comprehension):
        return [node.iter]
    return list(node.args) if isinstance(node, ast.Call) else []


def _stored(loop: ast.For | ast.While) -> list[ast.expr]:
    nodes = [node for statement in loop.body for node in ast.walk(statement)]
    return [n for n in nodes if isinstance(n, (ast.Name, ast.Attribute)) and isinstance(n.ctx, ast.Store)]


def made_at(tree: ast.Module, place: Place, before: int) -> int | None:
    """Return the last line above `before` that assigns to this place."""
    words, found = ast.unparse(place), None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.lineno < before:
            names = [ast.unparse(target) for target in node.targets]
            found = max(found or 0, node.lineno) if words in names else found
    return found


def value_of(frame: FrameType, place: ast.expr) -> Any:
    """Read a name or a chain of attributes in a frame; MISSING when it is neither or not there."""
    if isinstance(place, ast.Name):
        return frame.f_locals.get(place.id, frame.f_globals.get(place.id, MISSING))
    if isinstance(place, ast.Attribute):
        owner = value_of(frame, place.value)
        return MISSING if owner is MISSING else getattr(owner, place.attr, MISSING)
    return MISSING


def is_iterator(value: Any) -> bool:
    """Tell what can be gone through only once."""
    if value is MISSING or isinstance(value, type) or not hasattr(type(value), "__next__"):
        return False
    return hasattr(type(value), "__iter__") and iter(value) is value


def is_drained(value: Any) -> bool:
    """Tell whether an iterator has nothing left. The script is over: a value that is drawn here is missed by nobody."""
    if hasattr(value, "gi_frame"):
        return value.gi_frame is None
    try:
        next(value)
    except StopIteration:
        return True
    except Exception:  # whatever it raises, it is not known to be empty
        return False
    return False
