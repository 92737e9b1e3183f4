"""Where a model is measured: which call of which helper, and what the script calls the data that arrives there.

One line may measure several things: `test(x_train), test(x_rest)`, both through the one call inside `test`. The names
that count are those of the data, followed back from the brackets of the call through assignments, loops and arguments;
a helper that is called `test` says nothing about the rows it is given.
"""

from __future__ import annotations

import ast
import linecache
import re
import sys
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from types import CodeType, FrameType

from trainwhy.lab.scripts.files import Files

VALIDATION = re.compile(
    r"(?<![a-z])(x_?|y_?|is_?)?(val|valid|validation|test|testing|dev|held|holdout|hold_out|unseen)(?![a-z])",
    re.IGNORECASE,
)
TRAINING = re.compile(r"(?<![a-z])(x_?|y_?|is_?)?(train|training|tr|fit)(?![a-z])", re.IGNORECASE)
NAMES = 60  # followed back from one call
FRAMES = 12

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Site:
    """One place in the script's course: `key` tells it from others on the same line."""

    key: tuple[Hashable, ...]
    line: int | None
    named: bool  # its data goes by a name for validation
    training: bool  # or by one for training
    hinted: bool  # a function on the way there has a name for validation


@dataclass
class _Names:
    """What is still to be followed, and what the names met so far say."""

    waiting: list[ast.expr] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)  # handed in from outside
    validation: bool = False
    training: bool = False

    def hear(self, word: str) -> bool:
        """Take a name for what it says; False when it says nothing."""
        validation, training = bool(VALIDATION.search(_spaced(word))), bool(TRAINING.search(_spaced(word)))
        if validation != training:
            self.validation, self.training = self.validation or validation, self.training or training
        return validation or training

    @property
    def silent(self) -> bool:
        """True while no name said anything."""
        return not (self.validation or self.training)


def key(files: Files) -> tuple[Hashable, ...]:
    """Tell the call that is on from every other: by its place in the compiled code of each function on the way."""
    return tuple((id(frame.f_code), frame.f_lasti) for frame in _frames(files))


def site(files: Files, line: int | None) -> Site:
    """Describe the call that is on."""
    said, own = _Names(), _Names()
    inner: FrameType | None = None
    hinted = False
    for frame in _frames(files):
        hinted = hinted or bool(VALIDATION.search(_spaced(frame.f_code.co_name)))
        tree = _tree(frame.f_code.co_filename)
        call = _call(tree, frame, "" if inner is None else inner.f_code.co_name)
        if inner is None:
            said.waiting = _arrays(call, frame)
        elif said.parameters:
            said.waiting, said.parameters = _handed(call, said.parameters, _scope_of(inner)), set()
        _follow(said, _scope(tree, frame.f_code), tree)
        for name in said.parameters:
            own.hear(name)
        inner = frame
    if said.silent:
        said = own
    return Site(key(files), line, said.validation and not said.training, said.training, hinted)


def _frames(files: Files) -> Iterator[FrameType]:
    walk: FrameType | None = sys._getframe(1)
    many = 0
    while walk is not None and many < FRAMES:
        if files.before(walk.f_code.co_filename) is not None:
            many += 1
            yield walk
        walk = walk.f_back


# ------------------------------------------------------------------------------------------- the text of a frame


def _tree(name: str) -> ast.Module:
    try:
        return ast.parse("".join(linecache.getlines(name)))
    except (SyntaxError, ValueError, RecursionError):
        return ast.Module([], [])


def _scope_of(frame: FrameType) -> Scope | None:
    return _scope(_tree(frame.f_code.co_filename), frame.f_code)


def _scope(tree: ast.Module, code: CodeType) -> Scope | None:
    if code.co_name == "<module>":
        return tree
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    functions = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    line = code.co_firstlineno
    if code.co_name.startswith("<") and code.co_name != "<lambda>":  # a comprehension: what stands around it
        around = [node for node in functions if node.lineno <= line <= (node.end_lineno or node.lineno)]
        return max(around, key=lambda node: node.lineno, default=tree)
    return next((node for node in functions if _starts(node) == line), None)


def _starts(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> int:
    marks = [] if isinstance(node, ast.Lambda) else [one.lineno for one in node.decorator_list]
    return min([node.lineno, *marks])


def _call(tree: ast.Module, frame: FrameType, inner: str) -> ast.Call | None:
    """The call a frame is in: by its columns, or, before Python 3.11, by the name of what it called."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    positions = list(frame.f_code.co_positions()) if hasattr(frame.f_code, "co_positions") else []
    place = frame.f_lasti // 2
    if place < len(positions):
        wanted = positions[place]
        exact = [c for c in calls if (c.lineno, c.end_lineno, c.col_offset, c.end_col_offset) == wanted]
        if exact:
            return exact[0]
    there = [c for c in calls if c.lineno <= frame.f_lineno <= (c.end_lineno or c.lineno)]
    return next((c for c in there if inner and _called(c) == inner), there[-1] if len(there) == 1 else None)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


# ------------------------------------------------------------------------------------------- following names


def _arrays(call: ast.Call | None, frame: FrameType) -> list[ast.expr]:
    """What a model or a step is called with, but for models, optimizers and flags."""
    given = [] if call is None else [*call.args, *(keyword.value for keyword in call.keywords)]
    names: dict[str, object] = {**frame.f_globals, **frame.f_locals}
    values = [(one, names.get(one.id) if isinstance(one, ast.Name) else one) for one in given]
    return [
        one
        for one, value in values
        if value is one or hasattr(value, "shape") or isinstance(value, (list, tuple, dict))
    ]


def _handed(call: ast.Call | None, parameters: set[str], scope: Scope | None) -> list[ast.expr]:
    """What a call hands over for some parameters of the function it calls."""
    if call is None or scope is None or isinstance(scope, ast.Module):
        return []
    names = [one.arg for one in (*scope.args.posonlyargs, *scope.args.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    pairs = list(zip(names, call.args, strict=False))
    pairs += [(keyword.arg or "", keyword.value) for keyword in call.keywords]
    return [value for name, value in pairs if name in parameters]


def _follow(said: _Names, scope: Scope | None, tree: ast.Module) -> None:
    """Read the names in the waiting expressions; those that say nothing are followed to where they were made."""
    said.known = set()
    parameters = _parameters(scope)
    while said.waiting and len(said.known) < NAMES:
        expression = said.waiting.pop(0)
        for word in _words(expression):
            if word in said.known:
                continue
            said.known.add(word)
            if word in parameters:
                said.parameters.add(word)
            elif not said.hear(word):
                said.waiting += _made(word, expression.lineno, scope, tree)
    said.waiting = []


def _parameters(scope: Scope | None) -> set[str]:
    if scope is None or isinstance(scope, ast.Module):
        return set()
    return {one.arg for one in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)} - {"self", "cls"}


def _words(expression: ast.expr) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _made(name: str, line: int, scope: Scope | None, tree: ast.Module) -> list[ast.expr]:
    """What a name was last given before a line: by a loop around the line, by the line above it, or in the script."""
    own = [] if scope is None else [one for one in _given(scope) if name in _targets(one.target)]
    around = [one for one in own if one.first <= line <= one.last]
    before = [one for one in own if one.first < line]
    chosen = max(around or before, key=lambda one: one.first, default=None)
    if chosen is not None:
        return [chosen.value]
    return [one.value for one in _given(tree) if name in _targets(one.target)][:6]


@dataclass(frozen=True, slots=True)
class _Given:
    """What gives names a value: an assignment, or a loop, which does so for its lines."""

    target: ast.expr
    value: ast.expr
    first: int
    last: int


def _given(scope: Scope) -> Iterator[_Given]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            yield from (_Given(target, node.value, node.lineno, -1) for target in node.targets)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            yield _Given(node.target, node.iter, node.lineno, node.end_lineno or node.lineno)
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            for part in node.generators:
                yield _Given(part.target, part.iter, node.lineno, node.end_lineno or node.lineno)


def _targets(target: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _spaced(word: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", word).replace("_", " ")
