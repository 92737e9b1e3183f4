"""Where values leave TensorFlow: through `predict`, through NumPy, through a Python function.

A tensor that is asked for its value says so itself (`run.leaves`). NumPy's own functions read a tensor's memory without
asking, so they show only as a way that ends: tensors made from the variables that nothing used, and a loss made from
something else. Where that is so, the file tells which lines hand tensors to NumPy; a text alone proves nothing here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from trainwhy.dataflow import reaching, upstream
from trainwhy.results import GradientCall, Leave, Op, Run
from trainwhy.sources import tree_of

DECIDES = ("__bool__", "__index__")  # a truth value decides what runs, it does not carry a value on
BY_PYTHON = ("numpy_function", "py_function", "py_func")

Departure = tuple[int | None, str]  # (line, how)


def departure(run: Run, call: GradientCall, asked: Sequence[str]) -> Departure | None:
    """Say where the values made from `asked` left TensorFlow on their way to a target they never reached."""
    predicted = next((c for c in run.calls if c.method == "predict" and c.step == 0), None)
    if predicted is not None:
        return predicted.line, "predict"
    ways = [leave for leave in run.leaves if _carries(run, leave, asked, call)]
    ways.sort(key=lambda leave: not leave.recording)
    if ways:
        return ways[0].line, ways[0].how
    return None if run.loop == "script" else _silent(run, call, asked)  # there, NumPy's own functions say so


def _carries(run: Run, leave: Leave, asked: Sequence[str], call: GradientCall) -> bool:
    in_time = leave.recording or (leave.line or 0) <= (call.line or 0)
    return in_time and leave.how not in DECIDES and bool(reaching(upstream(run.ops, leave.tensor), asked))


def _silent(run: Run, call: GradientCall, asked: Sequence[str]) -> Departure | None:
    end = _dead_end(run.ops, asked)
    if end is None or call.in_graph:
        return None
    found = list(_numpy_calls(run.source, end.line, call))
    at_the_end = [one for one in found if one[0] == end.line]
    return next(iter(at_the_end or found), None)


def _dead_end(ops: Sequence[Op], asked: Sequence[str]) -> Op | None:
    """Return the last recorded operation that still carried a variable's value and whose result nothing used."""
    used = {key for op in ops for key in op.inputs}
    names, carrying, last = frozenset(asked), set[str](), None
    for op in ops:
        if op.variable in names or carrying.intersection(op.inputs):
            carrying.update(op.outputs)
            if op.recording and op.outputs and not used.intersection(op.outputs):
                last = op
    return last


# ------------------------------------------------------------------------------------------- lines that call NumPy


def _numpy_calls(source: str, end: int | None, call: GradientCall) -> Iterator[Departure]:
    """Yield the calls of NumPy between the end of the recorded way and the question to the tape.

    Where the way ends in an assignment, only calls that are given the assigned name count.
    """
    tree = tree_of(source)
    if tree is None:
        return
    names, carriers = _numpy_names(tree), _assigned(tree, end)
    low = min((line for line in (end, call.tape_line, call.line) if line), default=1)
    for node in _reached(tree, low, call.line or low, carriers):
        if _root(node.func) in names or _last(node.func) in BY_PYTHON:
            yield node.lineno, ast.unparse(node.func)


def _numpy_names(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or "numpy" for a in node.names if a.name.split(".")[0] == "numpy"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "numpy":
            found |= {a.asname or a.name for a in node.names}
    return found


def _assigned(tree: ast.Module, line: int | None) -> set[str]:
    around = (n for n in ast.walk(tree) if isinstance(n, ast.Assign) and n.lineno <= (line or 0) <= (n.end_lineno or 0))
    return {t.id for node in around for target in node.targets for t in ast.walk(target) if isinstance(t, ast.Name)}


def _reached(tree: ast.Module, low: int, high: int, carriers: set[str]) -> Iterator[ast.Call]:
    """Yield the calls on the lines from `low` to `high` that get a carrier, and those in the functions so called."""
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    inside = [n for n in _calls(tree) if low <= n.lineno <= high]
    waiting = [n for n in inside if _mentions(n, carriers) or _assigned(tree, n.lineno) & carriers or not carriers]
    seen: set[str] = set()
    for node in waiting:
        yield node
        name = _root(node.func)
        if name in functions and name not in seen:
            seen.add(name)
            waiting.extend(_calls(functions[name]))


def _calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
