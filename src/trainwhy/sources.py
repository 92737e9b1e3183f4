"""Where in a learner's file something stands: lines that a run named, made into spans. Pure; nothing is executed.

A file that does not parse still has lines, so every function falls back on the text of the line, and gives nothing
rather than a guess. Columns count characters, as editors do; `ast` counts bytes.
"""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache
from typing import TypeVar, Union

from trainwhy.results import Span

_Node = Union[ast.expr, ast.stmt]
_T = TypeVar("_T", bound=_Node)
DEEPEST = 120  # levels of a tree; `ast.unparse` takes several calls for each, and Python allows a thousand
# Statements that hold other statements: their own part is the header, not the body.
_COMPOUND = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor, ast.While, ast.If, ast.With,
    ast.AsyncWith, ast.Try,
)  # fmt: skip


@lru_cache(maxsize=4)
def tree_of(source: str) -> ast.Module | None:
    """Parse a text; None for one that is no Python, or nested deeper than whoever walks the tree can follow.

    Every rule reads a learner's file through this: what `ast.parse` raises has seven names.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in the learner's file is not our message
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    return tree if _depth(tree) <= DEEPEST else None


def nodes_of(source: str) -> list[ast.AST]:
    """Every node of a text, outermost first; none where `tree_of` has no tree."""
    tree = tree_of(source)
    return [] if tree is None else list(ast.walk(tree))


def call_span(source: str, line: int, attribute: str, label: str, primary: bool = True) -> Span | None:
    """Mark the call of `attribute` (`tape.gradient(...)`, `gradient(...)`) that stands on `line` or in its statement.

    A call on one line is marked whole; of a longer one, what is called.
    """
    rows, tree = _rows(source), tree_of(source)
    if tree is None:
        return _named(rows, line, rf"\b{re.escape(attribute)}(?=\s*\()", label, primary)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == attribute]
    found = _smallest([node for node in calls if _holds(node, line)]) or _smallest(_in_statement(tree, line, calls))
    if found is None:
        return None
    if found.lineno == found.end_lineno:
        return _span(rows, found, label, primary)
    called = found.func
    if called.lineno == called.end_lineno:
        return _span(rows, called, label, primary)
    # A chain over several lines: the name itself, at the end of what is called.
    end = called.end_lineno or called.lineno
    return _named(rows, end, rf"\b{re.escape(attribute)}\b", label, primary)


def assigned_span(source: str, line: int, label: str, primary: bool = True) -> Span | None:
    """Mark what the statement on `line` assigns to: `gradients` of `gradients = tape.gradient(...)`."""
    rows, tree = _rows(source), tree_of(source)
    if tree is None:
        return _named(rows, line, r"[\w.,\[\]][\w., \[\]]*?(?=\s*=[^=])", label, primary)
    targets = [target for node in ast.walk(tree) if (target := _target(node)) is not None and _covers(node, line)]
    found = _smallest([one for one in targets if one.lineno == line]) or _smallest(targets)
    return None if found is None else _span(rows, found, label, primary)


def with_span(source: str, line: int, label: str, primary: bool = True) -> Span | None:
    """Mark the header of the innermost `with` on or around `line`: `with tf.GradientTape() as tape`."""
    rows, tree = _rows(source), tree_of(source)
    if tree is None:
        return _named(rows, line, r"\bwith\b[^:]*", label, primary)
    blocks = [node for node in ast.walk(tree) if isinstance(node, (ast.With, ast.AsyncWith)) and _holds(node, line)]
    found = _smallest(blocks)
    if found is None:
        return None
    item = found.items[-1]
    last = item.optional_vars or item.context_expr
    text = _row(rows, found.lineno)
    start = _column(text, found.col_offset)
    one_line = last.end_lineno == found.lineno and last.end_col_offset is not None
    end = _column(text, last.end_col_offset or 0) if one_line else len(text.rstrip()) + 1
    return Span(found.lineno, start, found.lineno, end, label, primary)


def name_span(source: str, line: int, name: str, label: str, primary: bool = True) -> Span | None:
    """Mark the first place on `line` where `name` (`y`, `np.mean`) is used as a name of its own."""
    return _named(_rows(source), line, rf"(?<![\w.]){re.escape(name)}(?!\w)", label, primary)


def line_span(source: str, line: int, label: str, primary: bool = True) -> Span | None:
    """Mark a line from its first to its last character that is not blank."""
    return _named(_rows(source), line, r"\S(?:.*\S)?", label, primary)


def called_from(source: str, line: int, low: int, high: int) -> int:
    """Return the line between `low` and `high` that calls the function in which `line` stands, or `line` itself."""
    tree = tree_of(source)
    if tree is None or low <= line <= high:
        return line
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and _holds(n, line)]
    inner = _smallest(functions)
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and low <= n.lineno <= high]
    return next((n.lineno for n in calls if inner is not None and _called(n) == inner.name), line)


def argument_line(source: str, line: int, attribute: str, place: int) -> int:
    """Return where the name was assigned that the call of `attribute` on `line` gets in this place; else `line`."""
    tree = tree_of(source)
    if tree is None:
        return line
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and _called(n) == attribute and _holds(n, line)]
    names = {ast.unparse(call.args[place]) for call in calls if len(call.args) > place}
    found = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Assign) and names & set(map(ast.unparse, n.targets))]
    above = [one for one in found if one < line]
    return max(above) if above else line


# ------------------------------------------------------------------------------------------- lines and columns


def _rows(source: str) -> list[str]:
    return source.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _row(rows: list[str], line: int) -> str:
    return rows[line - 1] if 1 <= line <= len(rows) else ""


def _column(text: str, offset: int) -> int:
    """Give the 1-based character of a byte offset."""
    return len(text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "ignore")) + 1


def _named(rows: list[str], line: int, pattern: str, label: str, primary: bool) -> Span | None:
    found = re.search(pattern, _row(rows, line))
    return Span(line, found.start() + 1, line, found.end() + 1, label, primary) if found else None


def _span(rows: list[str], node: _Node, label: str, primary: bool) -> Span:
    """Make the span of a node; one over several lines is marked to the end of its first."""
    text = _row(rows, node.lineno)
    whole = node.end_lineno == node.lineno and node.end_col_offset is not None
    end = _column(text, node.end_col_offset or 0) if whole else len(text.rstrip()) + 1
    return Span(node.lineno, _column(text, node.col_offset), node.lineno, end, label, primary)


# ------------------------------------------------------------------------------------------- the tree


def _depth(tree: ast.Module) -> int:
    """Count the levels of a tree, up to the one that is too deep."""
    level: list[ast.AST] = [tree]
    depth = 0
    while level and depth <= DEEPEST:
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        depth += 1
    return depth


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _holds(node: _Node, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _size(node: _Node) -> tuple[int, int]:
    return (node.end_lineno or node.lineno) - node.lineno, (node.end_col_offset or 0) - node.col_offset


def _smallest(nodes: list[_T]) -> _T | None:
    return min(nodes, key=_size, default=None)


def _in_statement(tree: ast.Module, line: int, calls: list[ast.Call]) -> list[ast.Call]:
    """Give those calls that stand in the statement of this line: a run names the line a statement began on."""
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and not isinstance(node, _COMPOUND)]
    statement = _smallest([node for node in inside if _holds(node, line)])
    return [call for call in calls if statement is not None and any(part is call for part in ast.walk(statement))]


def _target(node: ast.AST) -> ast.expr | None:
    if isinstance(node, ast.Assign):
        return node.targets[0]
    if isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.AsyncFor)):
        return node.target
    return None


def _covers(node: ast.AST, line: int) -> bool:
    """Tell whether a line belongs to a statement itself: of a loop only its header."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return node.lineno <= line <= (node.iter.end_lineno or node.lineno)
    return isinstance(node, (ast.stmt, ast.expr)) and _holds(node, line)
