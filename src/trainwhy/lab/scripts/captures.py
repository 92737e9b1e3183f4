"""What a traced function reads and changes outside of itself, read from its text and looked up in its surroundings."""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

DEEP = 3  # functions called by functions that are looked into
MISSING = object()
ADDING = ("append", "extend", "insert", "add")


@dataclass(frozen=True)
class Place:
    """One name or chain of attributes in one function, and how it is used."""

    words: str
    line: int  # in its file
    file: str
    use: str  # "read", "count", "append"
    names: tuple[str, ...]
    around: Any  # the function it stands in: its globals and closure give the names a meaning
    owner: Any = None  # what `self` is

    def value(self) -> Any:
        """Return what stands there now."""
        found = _lookup(self.around, self.owner, self.names[0])
        for name in self.names[1:]:
            found = MISSING if found is MISSING else vars_or_attribute(found, name)
        return found


def vars_or_attribute(owner: Any, name: str) -> Any:
    """Read an attribute without running a property of the script."""
    if isinstance(getattr(type(owner), name, None), property):
        return MISSING
    try:
        return getattr(owner, name, MISSING)
    except Exception:  # whatever an object of the script does here
        return MISSING


def scalar(value: Any) -> Any:
    """Return a plain number or text; MISSING for anything that TensorFlow would not keep as a constant."""
    if isinstance(value, (bool, int, float, str)):
        return value
    return value.item() if isinstance(value, np.generic) else MISSING


def places(function: Any, own: Any, deep: int = DEEP) -> Iterator[Place]:
    """Yield the places of a function and of the script's functions that it calls. `own` tells the script's files."""
    plain = getattr(function, "__func__", function)
    owner = getattr(function, "__self__", None)
    owner = getattr(owner, "weakrefself_target__", lambda: owner)()  # a method that `tf.function` has wrapped
    code = getattr(plain, "__code__", None)
    node = _definition(code) if code is not None and own(code.co_filename) else None
    if code is None or node is None:
        return
    yield from _of(node, code, plain, owner)
    for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)) if deep else ():
        names = _chain(call.func)
        callee = _resolve(plain, owner, names) if names else MISSING
        if callee is not MISSING and callee is not function and hasattr(callee, "__code__"):
            yield from places(callee, own, deep - 1)


def _resolve(around: Any, owner: Any, names: tuple[str, ...]) -> Any:
    found = _lookup(around, owner, names[0])
    for name in names[1:]:
        found = MISSING if found is MISSING else vars_or_attribute(found, name)
    return found


def _lookup(around: Any, owner: Any, name: str) -> Any:
    code = around.__code__
    if owner is not None and code.co_varnames[:1] == (name,):
        return owner
    if name in code.co_freevars:
        try:
            return around.__closure__[code.co_freevars.index(name)].cell_contents
        except (ValueError, TypeError, IndexError):
            return MISSING
    return MISSING if name in code.co_varnames else around.__globals__.get(name, MISSING)


def _definition(code: CodeType) -> ast.AST | None:
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except SyntaxError:
        return None
    found = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == code.co_name]
    return next((n for n in found if _first(n) <= code.co_firstlineno <= n.lineno), None)


def _first(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _of(node: Any, code: CodeType, around: Any, owner: Any) -> Iterator[Place]:
    body = [n for statement in node.body for n in ast.walk(statement)]
    stored = {ast.unparse(n) for n in body if isinstance(getattr(n, "ctx", None), ast.Store)}

    def place(target: ast.expr, use: str) -> Iterator[Place]:
        names = _chain(target)
        if names:
            yield Place(ast.unparse(target), target.lineno, code.co_filename, use, names, around, owner)

    for n in body:
        if isinstance(n, ast.AugAssign):
            yield from place(n.target, "count")
        elif isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr in ADDING:
            yield from place(n.func.value, "append")
        elif isinstance(n, (ast.Name, ast.Attribute)) and isinstance(n.ctx, ast.Load) and ast.unparse(n) not in stored:
            yield from place(n, "read")


def _chain(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Name):
        return (node.id,)
    if isinstance(node, ast.Attribute):
        before = _chain(node.value)
        return (*before, node.attr) if before else ()
    return ()
