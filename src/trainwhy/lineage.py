"""Follow a loss back to the variables it came from, and say where the way of the gradient is cut.

A cut beside the way is no cut: a variable counts as lost only when the tape gave no gradient for it, it never moved,
and every way to it is cut. A kind of cut is blamed only when the variable stays lost although all other kinds are
healed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from trainwhy.dataflow import (
    FLAT,
    UNRECORDED,
    arriving,
    cuts,
    dead_ends,
    is_function,
    open_to_the_end,
    reaching,
    upstream,
)
from trainwhy.leaving import departure
from trainwhy.results import Evidence, GradientCall, Op, Run, Source
from trainwhy.sources import nodes_of

Kind = Literal[
    "forward_outside",  # the variables were read where this tape did not record
    "loss_outside",  # the variables were read inside, but a later operation was outside
    "left_tensorflow",  # a value went through NumPy, `predict` or a Python function
    "integer",  # an operation whose result is a whole number, an index or text
    "comparison",  # an operation whose result is true or false
    "rounded",
    "stopped",  # stop_gradient
    "no_variable",  # plain tensors or arrays stand where variables should
    "unused",  # the variables have no part in the target, whatever is recorded (told of scripts only)
]


@dataclass(frozen=True, slots=True)
class Break:
    """One place where every way from `variables` to the target is cut; `op` is None when no operation shows it."""

    kind: Kind
    line: int | None
    what: str  # type of the operation, or how the value left
    variables: tuple[str, ...] = ()
    op: Op | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """One question to a tape: which trainable variables it was asked for, which got no gradient, and why."""

    call: GradientCall
    asked: tuple[str, ...]
    lost: tuple[str, ...]
    breaks: tuple[Break, ...]

    def first(self, *kinds: Kind) -> Break | None:
        """Return the first break of one of these kinds."""
        return next((b for b in self.breaks if b.kind in kinds), None)


def lineages(run: Run) -> tuple[Lineage, ...]:
    """Explain every gradient call of the first step (the only one whose operations are known)."""
    if run.loop == "script":
        return _of_script(run)
    calls = merged(c for c in run.gradient_calls if c.step == 0)
    return tuple(explain(run, call) for call in calls or _interrupted(run))


def _of_script(run: Run) -> tuple[Lineage, ...]:
    """Explain the first question from each line: a script may train several models in turn, and a part of one."""
    everything = replace(run, ops=run.ops + run.later_ops)
    calls, lines = [], set()
    for call in merged(run.gradient_calls):
        if call.line not in lines:
            lines.add(call.line)
            calls.append(call)
    return tuple(explain(everything if call.step else run, call) for call in calls or _interrupted(run))


def broken(run: Run, *kinds: Kind) -> tuple[Lineage, Break] | None:
    """Return the first gradient call that lost variables in one of these ways."""
    found = ((lineage, lineage.first(*kinds)) for lineage in lineages(run))
    return next(((lineage, cut) for lineage, cut in found if cut is not None), None)


def merged(calls: Iterable[GradientCall]) -> tuple[GradientCall, ...]:
    """Join the questions that a persistent tape is asked one variable at a time about one target."""
    joined: dict[str | int, GradientCall] = {}
    for call in calls:
        name = call.serial if call.target is None else call.target
        before = joined.get(name)
        joined[name] = call if before is None else _join(before, call)
    return tuple(joined.values())


def _join(one: GradientCall, other: GradientCall) -> GradientCall:
    return replace(one, sources=one.sources + other.sources, gradients=one.gradients + other.gradients)


def _interrupted(run: Run) -> tuple[GradientCall, ...]:
    """Put the question that raised and so left no record, when the failing line is the one that asks a tape."""
    line = run.error.line if run.error else None
    if line is None or not _asks(run.source, line):
        return ()
    sources = tuple(Source("variable", v.name, v.shape) for v in run.variables if v.trainable)
    watched = tuple(dict.fromkeys(op.variable for op in run.ops if op.variable and op.recording))
    return (GradientCall(-1, 0, line, False, None, "array", (), "", sources, (), watched),)


def _asks(source: str, line: int) -> bool:
    calls = (node for node in _nodes_at(source, line) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Attribute) and call.func.attr == "gradient" for call in calls)


def _nodes_at(source: str, line: int) -> list[ast.stmt | ast.expr]:
    nodes = [node for node in nodes_of(source) if isinstance(node, (ast.stmt, ast.expr))]
    return [node for node in nodes if node.lineno <= line <= (node.end_lineno or 0)]


def explain(run: Run, call: GradientCall) -> Lineage:
    """Find out why some trainable variables of one gradient call have no gradient."""
    asked = tuple(s.name for s in call.sources if s.kind == "variable" and s.trainable)
    lost = _lost(run, call)
    way = upstream(run.ops, call.target, in_graph=call.in_graph)
    possible = _possible(run, way, asked)
    reached = reaching(way, possible)
    if reached & lost.keys():
        breaks = _on_the_way(way, lost, possible) or _other_tape(run, call, way, lost)
        breaks = breaks or (_apart(run, call, way, lost.keys() - reached) if run.loop == "script" else ())
    elif not asked:
        breaks = _plain(call, way)
    else:
        breaks = () if reached or len(lost) < len(set(asked)) else _left(run, call, asked)
        breaks = breaks or (_apart(run, call, way, lost.keys()) if run.loop == "script" else ())
    return Lineage(call, asked, tuple(lost), breaks)


def _possible(run: Run, way: Sequence[Op], asked: Sequence[str]) -> tuple[str, ...]:
    """Leave out what cannot be inside a function call on the way: it was read in plain sight, and elsewhere.

    So does a model that was only asked to `predict`.
    """
    here = {op.variable for op in way if op.variable and not is_function(op)}
    calls = {call.method for call in run.calls if call.step == 0}
    if not here and "predict" in calls and "call" not in calls:
        return ()
    elsewhere = {op.variable for op in run.ops if op.variable and not op.in_graph and not is_function(op)} - here
    return tuple(name for name in asked if name not in elsewhere)


def _lost(run: Run, call: GradientCall) -> dict[str, bool]:
    """Map the variables without a usable gradient to whether the tape at least answered (with zero)."""
    trained = {v.name for v in run.variables if v.moved}
    found = {}
    for index, source in enumerate(call.sources):
        answer = call.gradients[index] if index < len(call.gradients) else None
        useless = answer is None or not answer.present or not answer.norm
        if source.kind == "variable" and source.trainable and useless and source.name not in trained:
            found[source.name] = answer is not None and answer.present
    return found


def _on_the_way(way: Sequence[Op], lost: dict[str, bool], asked: Sequence[str]) -> tuple[Break, ...]:
    reach = arriving(way, asked, None)
    kinds = frozenset(kind for op, names in zip(way, reach, strict=True) if names & lost.keys() for kind in cuts(op))
    dead = (reaching(way, asked) & lost.keys()) - open_to_the_end(way, asked)
    needed = {kind: dead - open_to_the_end(way, asked, kinds - {kind}) for kind in kinds}
    if not any(needed.values()):  # several ways, each cut by another kind: all are to blame
        needed = dict.fromkeys(kinds, dead)
    breaks = [_break(way, asked, kinds, kind, names) for kind, names in needed.items() if names]
    believed = [b for b in breaks if b.what in FLAT or not all(lost[name] for name in b.variables)]
    return tuple(sorted(believed, key=lambda b: way.index(b.op) if b.op else -1))


def _break(way: Sequence[Op], asked: Sequence[str], kinds: frozenset[str], kind: str, names: frozenset[str]) -> Break:
    here = arriving(way, asked, kinds - {kind})
    op = next(op for op, arrived in zip(way, here, strict=True) if kind in cuts(op) and arrived & names)
    if kind == UNRECORDED:
        kind = "forward_outside" if op.variable or is_function(op) else "loss_outside"
    inside = kind not in ("forward_outside", "loss_outside")  # these are about when a layer ran, not which
    line = (op.layer_line if inside else None) or op.line
    return Break(kind, line, op.type, tuple(sorted(names)), op)  # type: ignore[arg-type]  # a Kind by now


# ------------------------------------------------------------------------------------ when the way looks complete


def _other_tape(run: Run, call: GradientCall, way: Sequence[Op], lost: dict[str, bool]) -> tuple[Break, ...]:
    """Explain a complete way without a gradient: another tape, or none, recorded a part of it."""
    silent = tuple(sorted(name for name, answered in lost.items() if not answered))
    watched = {_last(name) for name in call.watched}
    if not silent or "watch_accessed_variables" in _text(run.source, call.tape_line):
        return ()
    if not watched.intersection(map(_last, silent)):
        read = next((op for op in way if op.variable in silent), None)
        lines = [read.line] if read else [c.line for c in run.calls if c.method == "call" and c.step == 0]
        return (Break("forward_outside", next(iter(lines), None), "ReadVariableOp", silent, read),)
    after = _after_the_block(run.source, call, way)
    return (Break("loss_outside", after.line, after.type, silent, after),) if after else ()


def _after_the_block(source: str, call: GradientCall, way: Sequence[Op]) -> Op | None:
    """Return the first operation that stands in the tape's own function, but below its `with` block."""
    if call.tape_line is None or not way:
        return None
    function, end = _around(source, call.tape_line)
    below = range(end + 1, function + 1)
    return next((op for op in way if op.line in below), None) if way[-1].line in below else None


def _around(source: str, line: int) -> tuple[int, int]:
    """Return the last lines of the function around `line` and of the `with` block that begins there."""
    nodes = _nodes_at(source, line)
    functions = [n.end_lineno or 0 for n in nodes if isinstance(n, ast.FunctionDef)]
    blocks = [n.end_lineno or 0 for n in nodes if isinstance(n, ast.With)]
    return (min(functions, default=0), min(blocks)) if blocks else (0, 0)


def _last(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def _text(source: str, line: int | None) -> str:
    lines = source.splitlines()
    return lines[line - 1] if line and line <= len(lines) else ""


# ------------------------------------------------------------------------------ when no variable flows in at all


def _left(run: Run, call: GradientCall, asked: tuple[str, ...]) -> tuple[Break, ...]:
    found = departure(run, call, asked)
    return (Break("left_tensorflow", found[0], found[1], asked),) if found else ()


def _apart(run: Run, call: GradientCall, way: Sequence[Op], lost: Iterable[str]) -> tuple[Break, ...]:
    """Explain variables of a script that have no part in the target, while others have theirs."""
    silent = tuple(sorted(name for name in lost if name in _unanswered(call)))
    if not silent:
        return ()
    found = departure(run, call, silent) if call.step == 0 else None
    if found is not None:
        return (Break("left_tensorflow", found[0], found[1], silent),)
    ends = dead_ends(run.ops, silent, way)
    line = ends[-1].line if ends else None
    return (Break("unused", line, ends[-1].type if ends else "", silent, ends[-1] if ends else None),)


def _unanswered(call: GradientCall) -> set[str]:
    """Name the sources whose gradient is None."""
    return {s.name for s, g in zip(call.sources, call.gradients, strict=False) if not g.present}


def _plain(call: GradientCall, way: Sequence[Op]) -> tuple[Break, ...]:
    """Explain a question about plain tensors or arrays of which none is watched."""
    plain = [s for s in call.sources if s.kind in ("tensor", "array")]
    if not plain or any(g.present for g in call.gradients) or len(plain) < len(call.sources):
        return ()
    keys = {s.tensor for s in plain if s.tensor}
    first = next((op for op in way if keys.intersection(op.inputs)), None)
    names = tuple(s.name for s in plain)
    return (Break("no_variable", first.line if first else call.line, plain[0].kind, names, first),)


def gradients_given(lineage: Lineage) -> Evidence:
    """Word how many of the asked trainable variables got a gradient that says something."""
    call = lineage.call
    zero = any(gradient.present and gradient.norm == 0 for gradient in call.gradients)
    words = "gradients that are neither None nor zero" if zero else "gradients that are not None"
    return Evidence(words, len(lineage.asked) - len(lineage.lost), len(lineage.asked))


def open_ways(lineage: Lineage, cut: Break) -> Evidence:
    """Word how many of the asked trainable variables are not behind this break."""
    asked = len(lineage.asked)
    return Evidence("weights with an open way to the loss", asked - len(cut.variables), asked)
