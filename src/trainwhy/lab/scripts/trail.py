"""Which arrays were made of which on which line: the script's own text, made to tell, for the eager look only.

Arithmetic, calls and subscripts of the user's files do exactly what they did; on the way arrays are noted by identity.
Positions stay, so frames name the same lines. Functions that TensorFlow compiles are compiled from the text, not from
this, and so are not noted inside.
"""

from __future__ import annotations

import ast
import operator
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

EVENTS = 20_000
OF_ONE_LINE = 150  # events: a loop that makes row after row does not crowd out the rest
BYTES = 400_000_000
WIDE = 2  # bytes of the widest integers that pictures and sensors come in
SMALLEST = 8  # elements of an array worth noting
ITEMS = 20_000  # of a list that is noted as one
NAMES = {
    "item": "__trainwhy_item__",
    "op": "__trainwhy_op__",
    "call": "__trainwhy_call__",
    "put": "__trainwhy_put__",
}
KEPT_OUT = {
    "super", "locals", "globals", "vars", "dir", "eval", "exec", "input", "print", "exit", "quit", "isinstance", "len",
    "range", "slice", "getattr", "setattr", "hasattr", "type", "property", "staticmethod", "classmethod",
}  # fmt: skip
OPERATORS: dict[type[ast.operator], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", operator.add), ast.Sub: ("-", operator.sub), ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv), ast.FloorDiv: ("//", operator.floordiv), ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
}  # fmt: skip
BY_SIGN = dict(OPERATORS.values())
IN_PLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.iadd,
    "-": operator.isub,
    "*": operator.imul,
    "/": operator.itruediv,
}
SHUFFLES = ("shuffle", "permutation")


@dataclass
class Event:
    """One array (or list) that was made, of which, where, and how."""

    line: int
    kind: str  # "op", "call", "item", "shuffle", "put"
    name: str
    inputs: tuple[Any, ...]
    output: Any
    detail: Any = None  # the index of an item, the permutation of a shuffle, the share of an overflow
    bad: bool = False  # the output holds NaN or infinity, and no input did
    library: str = ""  # of what was called


@dataclass
class Trail:
    """Everything noted, oldest first."""

    events: list[Event] = field(default_factory=list)
    sinks: list[Event] = field(default_factory=list)  # arrays that were handed to Keras or TensorFlow
    held: int = 0
    lines: dict[int, int] = field(default_factory=dict)
    off: bool = False
    exact: bool = False  # a repair: nothing is noted, and no arithmetic wraps round

    def note(self, event: Event) -> None:
        """Keep an event, and with it its arrays: their addresses stay theirs."""
        size = int(getattr(event.output, "nbytes", 0) or 0)
        self.lines[event.line] = self.lines.get(event.line, 0) + 1
        if self.lines[event.line] <= OF_ONE_LINE and len(self.events) < EVENTS and self.held + size < BYTES:
            self.held += size
            self.events.append(event)


def tree(source: str, name: str) -> ast.Module:
    """Parse a script and let it tell what it does with arrays."""
    told: ast.Module = _Telling().visit(ast.parse(source, name))
    return ast.fix_missing_locations(told)


def names(trail: Trail, before: int = 0) -> dict[str, Any]:
    """The functions that the rewritten text calls."""
    return {
        "__trainwhy_slice__": slice,
        NAMES["op"]: lambda line, sign, here, a, b: _op(trail, line + before, sign, here, a, b),
        NAMES["item"]: lambda line, value, index: _item(trail, line + before, value, index),
        NAMES["put"]: lambda line, value, owner: _put(trail, line + before, value, owner),
        NAMES["call"]: lambda line, function, *args, **kwargs: _call(trail, line + before, function, args, kwargs),
    }


class _Telling(ast.NodeTransformer):
    def visit_FunctionDef(self, node: Any) -> Any:
        node.body = [self.visit(part) for part in node.body]
        node.args.defaults = [self.visit(part) for part in node.args.defaults]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - see above

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Assign(self, node: ast.Assign) -> Any:
        self.generic_visit(node)
        for target in node.targets:
            if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                owner = ast.copy_location(ast.Name(target.value.id, ast.Load()), target)
                node.value = _telling(node, "put", node.value, owner)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        known = OPERATORS.get(type(node.op))
        if known is None or known[0] not in IN_PLACE or not isinstance(node.target, ast.Name):
            return node
        load = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
        value = _telling(node, "op", ast.Constant(known[0]), ast.Constant(True), load, node.value)
        return ast.copy_location(ast.Assign([node.target], value), node)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        known = OPERATORS.get(type(node.op))
        if known is None:
            return node
        return _telling(node, "op", ast.Constant(known[0]), ast.Constant(False), node.left, node.right)

    def visit_Subscript(self, node: ast.Subscript) -> Any:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            return node
        return _telling(node, "item", node.value, _index(node.slice))

    def visit_Call(self, node: ast.Call) -> Any:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in KEPT_OUT:
            return node
        if any(isinstance(part, ast.NamedExpr) for part in ast.walk(node)):
            return node
        told = _telling(node, "call", node.func, *node.args)
        told.keywords = node.keywords
        if isinstance(node.func, ast.Attribute):  # a chain over lines: the line of the name, as Python has it
            told.lineno = node.func.end_lineno or node.lineno
            told.col_offset = max(0, (node.func.end_col_offset or 0) - len(node.func.attr))
            told.args[0] = ast.Constant(told.lineno)
        return told


def _telling(node: Any, kind: str, *args: Any) -> ast.Call:
    call = ast.Call(ast.Name(NAMES[kind], ast.Load()), [ast.Constant(node.lineno), *args], [])
    return ast.copy_location(call, node)


def _index(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Slice):
        parts = [part or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
        return ast.copy_location(ast.Call(ast.Name("__trainwhy_slice__", ast.Load()), parts, []), node)
    if isinstance(node, ast.Tuple):
        return ast.copy_location(ast.Tuple([_index(part) for part in node.elts], ast.Load()), node)
    return node


# ------------------------------------------------------------------------------------------- what is noted


def is_array(value: Any) -> bool:
    """Tell NumPy arrays and eager tensors worth noting."""
    if type(value) is np.ndarray:
        return bool(value.size >= SMALLEST)
    return hasattr(value, "numpy") and hasattr(value, "shape") and _elements(value) >= SMALLEST


def _elements(value: Any) -> int:
    try:
        return int(np.prod([int(size) for size in value.shape]))
    except (TypeError, ValueError):
        return 0


def array(value: Any) -> Any:
    """The NumPy array behind a noted value, or None."""
    try:
        return (
            value if isinstance(value, np.ndarray) else np.asarray(value.numpy() if hasattr(value, "numpy") else value)
        )
    except (TypeError, ValueError, AttributeError, NotImplementedError, RuntimeError):
        return None


def _noted(value: Any) -> bool:
    return is_array(value) or (type(value) is list and SMALLEST <= len(value) <= ITEMS)


def _given(values: Any, depth: int = 2) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if _noted(value):
            found.append(value)
        elif depth and isinstance(value, (list, tuple)):
            found += _given(value, depth - 1)
        elif depth and isinstance(value, dict):
            found += _given(value.values(), depth - 1)
    return found


def _op(trail: Trail, line: int, sign: str, here: bool, left: Any, right: Any) -> Any:
    compute: Callable[[Any, Any], Any] = IN_PLACE[sign] if here else BY_SIGN[sign]
    if trail.exact:
        narrow = overflow(sign, left, right) > 0
        return BY_SIGN[sign](_wide(left), _wide(right)) if narrow else compute(left, right)
    if not (_noted(left) or _noted(right)) or trail.off:
        return compute(left, right)
    share = overflow(sign, left, right)
    result = compute(left, right)
    if is_array(result):
        _note(trail, Event(line, "op", sign, tuple(v for v in (left, right) if _noted(v)), result, share))
    return result


def _item(trail: Trail, line: int, value: Any, index: Any) -> Any:
    result = value[index]
    if not trail.off and not trail.exact and _noted(value) and _noted(result):
        _note(trail, Event(line, "item", "", (value,), result, index))
    return result


def _put(trail: Trail, line: int, value: Any, owner: Any) -> Any:
    """Note that NaN or infinity is written into an array; every other write leaves no trace."""
    if not trail.off and type(owner) is np.ndarray and owner.size >= SMALLEST:
        plain = isinstance(value, (float, np.floating, np.ndarray)) and np.asarray(value).dtype.kind == "f"
        if plain and not np.isfinite(value).all() and trail.lines.get(line, 0) <= OF_ONE_LINE:
            trail.lines[line] = trail.lines.get(line, 0) + 1
            trail.events.append(Event(line, "put", "", (), owner, bad=True))
    return value


def _call(trail: Trail, line: int, function: Any, args: Any, kwargs: Any) -> Any:
    if trail.off:
        return function(*args, **kwargs)
    owner = getattr(function, "__self__", None)
    name = str(getattr(function, "__name__", ""))
    if trail.exact:
        return np.array(owner) if _cast(name, owner, args, kwargs) else function(*args, **kwargs)
    given = _given([*([owner] if _noted(owner) else []), *args, *kwargs.values()])
    before = _shuffled(name, owner, function, args)
    cast = _cast(name, owner, args, kwargs)
    result = function(*args, **kwargs)
    library = str(getattr(function, "__module__", "") or type(owner).__module__ or type(function).__module__ or "")
    if before is not None and result is not None:
        _note(trail, Event(line, "call", name, tuple(given), result, before(), library=library))
    elif before is not None:
        _note(trail, Event(line, "shuffle", name, (args[0],), args[0], before(), library=library))
    elif _noted(result):
        _note(trail, Event(line, "call", name, tuple(given), result, cast, library=library))
    elif isinstance(result, tuple) and any(map(_noted, result)):
        for part in filter(_noted, result):
            _note(trail, Event(line, "call", name, tuple(given), part, library=library))
    elif given and not isinstance(result, np.generic):
        trail.sinks.append(Event(line, "sink", name, tuple(given), result, library=library))
    return result


def _note(trail: Trail, event: Event) -> None:
    event.bad = _has_bad(event.output) and not any(_has_bad(value) for value in event.inputs)
    trail.note(event)


def _has_bad(value: Any) -> bool:
    if type(value) is list:
        return any(_has_bad(one) for one in value[:2000] if is_array(one) or isinstance(one, float))
    if isinstance(value, float):
        return not np.isfinite(value)
    known = array(value) if is_array(value) else None
    return known is not None and known.dtype.kind == "f" and not bool(np.isfinite(known).all())


# ------------------------------------------------------------------------------------------- numbers that wrap round


def _wide(value: Any) -> Any:
    known = None if isinstance(value, int) else array(value)
    return value if known is None else known.astype(np.int64)


def overflow(sign: str, left: Any, right: Any) -> float:
    """Share of results that do not fit the integer type in which they are computed."""
    a, b = (value if isinstance(value, int) else array(value) for value in (left, right))
    if sign not in ("+", "-", "*", "**") or a is None or b is None:
        return 0.0
    kinds = [value.dtype for value in (a, b) if isinstance(value, np.ndarray)]
    if not kinds or any(kind.kind not in "iu" or kind.itemsize > WIDE for kind in kinds):
        return 0.0
    try:
        kind = np.result_type(*kinds)
        exact = BY_SIGN[sign](np.asarray(a, np.int64), np.asarray(b, np.int64))
    except (TypeError, ValueError, OverflowError):
        return 0.0
    if kind.kind not in "iu" or kind.itemsize > WIDE:
        return 0.0
    limits = np.iinfo(kind)
    return float(np.mean((exact < limits.min) | (exact > limits.max)))


def _cast(name: str, owner: Any, args: Any, kwargs: Any) -> float:
    if name != "astype" or type(owner) is not np.ndarray or owner.dtype.kind not in "iuf":
        return 0.0
    try:
        kind = np.dtype(kwargs.get("dtype", args[0] if args else None))
    except TypeError:
        return 0.0
    if kind.kind not in "iu" or kind.itemsize > 2 or owner.dtype == kind:  # noqa: PLR2004 - see above
        return 0.0
    limits = np.iinfo(kind)
    with np.errstate(all="ignore"):
        return float(np.mean((owner <= limits.min - 1) | (owner >= limits.max + 1)))


# ------------------------------------------------------------------------------------------- orders that are drawn


def _shuffled(name: str, owner: Any, function: Any, args: Any) -> Callable[[], Any] | None:
    """Learn the order a shuffle draws: play it again on plain numbers, from the same state of its generator."""
    if name not in SHUFFLES or not args or not _noted(args[0]):
        return None
    many, rank = len(args[0]), getattr(args[0], "ndim", 1)
    plain: Any = list(range(many)) if isinstance(args[0], list) else np.arange(many).reshape(many, *[1] * (rank - 1))
    state = _state(owner)
    if state is None:
        return None
    read, write = state
    began = read()

    def order() -> Any:
        ended = read()
        write(began)
        drawn = function(plain)
        write(ended)
        return np.asarray(plain if drawn is None else drawn).reshape(many)

    return order


def _state(owner: Any) -> tuple[Callable[[], Any], Callable[[Any], None]] | None:
    if isinstance(owner, np.random.Generator):
        bits = owner.bit_generator
        return (lambda: bits.state), (lambda state: setattr(bits, "state", state))
    if isinstance(owner, np.random.RandomState):
        return owner.get_state, owner.set_state
    if isinstance(owner, random.Random):
        return owner.getstate, owner.setstate
    return None
