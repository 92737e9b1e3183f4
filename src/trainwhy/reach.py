"""How far training reached in a script: which weights moved, which a loss depends on, and which nobody asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trainwhy.dataflow import arriving, cuts, open_to_the_end, upstream
from trainwhy.results import GradientCall, Op, Run

WEIGHTS_MOVED = "weights that moved"


def moved(run: Run) -> frozenset[str]:
    """Name the trainable variables that moved."""
    return frozenset(v.name for v in run.variables if v.trainable and v.moved)


def weights_moved(run: Run) -> float:
    """Count them: what a proof about lost gradients measures."""
    return float(len(moved(run)))


def more_move(baseline: Run, treated: Run) -> bool:
    """Tell whether weights move that did not, and no others stand still for it."""
    return moved(treated) > moved(baseline) or len(moved(treated)) > len(moved(baseline))


def trainable(run: Run) -> frozenset[str]:
    """Name the variables that may be trained."""
    return frozenset(v.name for v in run.variables if v.trainable)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a tape, with the trainable variables that its loss depends on by an open way."""

    call: GradientCall
    asked: frozenset[str]
    open: frozenset[str]
    way: tuple[Op, ...]


def questions(run: Run) -> tuple[Question, ...]:
    """Return the first question from each line of a script."""
    lines, found = set(), []
    ops = run.ops + run.later_ops
    for call in run.gradient_calls:
        if call.line in lines or call.target is None:
            continue
        lines.add(call.line)
        way = upstream(ops, call.target, in_graph=call.in_graph)
        asked = frozenset(s.name for s in call.sources if s.kind == "variable")
        found.append(Question(call, asked, open_to_the_end(way, trainable(run)), way))
    return tuple(found)


def behind(question: Question, names: Iterable[str]) -> frozenset[str]:
    """Return those of `names` that work on what the asked variables made: they stand between these and the loss."""
    wanted, found = frozenset(names), set()
    reach = arriving(question.way, question.asked, frozenset().union(*map(cuts, question.way)))
    made: dict[str, frozenset[str]] = {}
    reads: dict[str, str] = {}
    for op, names_here in zip(question.way, reach, strict=True):
        if op.variable in wanted:
            reads.update(dict.fromkeys(op.outputs, op.variable or ""))
        for key in op.inputs:
            others = [made.get(other, frozenset()) for other in op.inputs if other != key]
            if key in reads and any(others):
                found.add(reads[key])
        made.update(dict.fromkeys(op.outputs, names_here))
    return frozenset(found)
