"""Which way a script's training goes: whether its loss is small when predictions meet targets, and whether it descends.

Pure; reads what the look noted where targets and predictions met (`Seen.meetings`). Two turned signs make a right one,
so both are needed; where one is not known, nothing is said.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from trainwhy.dataflow import downstream
from trainwhy.results import Evidence, Match, Run, Span
from trainwhy.seen import Meeting
from trainwhy.sources import assigned_span, call_span, line_span, tree_of

SURE = 0.9  # agreement of signs, on average over all numbers
FEWEST = 4  # numbers whose sign is compared; the value of one of the library's losses says it alone
CLEAR = 0.5  # mean cosine of the first step with the script's own gradient


@dataclass(frozen=True, slots=True)
class Direction:
    """One place where a gradient is asked for, and which way its loss pushes the predictions."""

    line: int | None
    agreement: float  # the mean over its questions
    elements: int
    meeting: Meeting


def directions(run: Run) -> tuple[Direction, ...]:
    """Every gradient of the script whose loss is known to bring predictions to targets, or to drive them apart."""
    places: dict[int | None, list[Meeting]] = defaultdict(list)
    for one in run.look.meetings if run.look is not None else ():
        places[one.gradient_line].append(one)
    found = (_direction(line, meetings) for line, meetings in places.items())
    return tuple(one for one in found if one is not None)


def _direction(line: int | None, meetings: list[Meeting]) -> Direction | None:
    """All meetings of all its questions have to say the same."""
    known = [m.agreement for m in meetings if m.agreement is not None]
    if len(known) < len(meetings) or any(m.left_out for m in meetings):
        return None
    if not (all(a >= SURE for a in known) or all(a <= -SURE for a in known)):
        return None
    calls = [list(group) for _, group in groupby(meetings, key=lambda m: m.call)]
    enough = any(m.kind == "loss" for m in meetings) or sum(m.elements for m in calls[0]) >= FEWEST
    return Direction(line, sum(known) / len(known), sum(m.elements for m in calls[0]), meetings[0]) if enough else None


def downhill(run: Run) -> float | None:
    """Mean cosine of the first step with minus the script's own gradient, when all variables agree on its sign."""
    cosines = [v.first_cosine for v in run.variables if v.moved and v.trainable and v.first_cosine is not None]
    if not cosines or not (max(cosines) < 0 or min(cosines) > 0):
        return None
    return sum(cosines) / len(cosines)


def match(run: Run) -> Match | None:
    """Match a loss that drives predictions from their targets, or steps that climb one that does not."""
    step, places = downhill(run), directions(run)
    if step is None or not places or abs(step) < CLEAR / 2:
        return None
    turned = [one for one in places if one.agreement < 0]
    if step > 0 and turned:
        return _loss(run, turned[0], step)
    if step < -CLEAR and len(turned) == 0:
        return _step(run, places[0], step)
    return None


def is_turned_loss(run: Run) -> bool:
    """Whether the loss itself has the wrong sign, so that the number that is printed says the opposite."""
    return any(one.agreement < 0 for one in directions(run))


# ------------------------------------------------------------------------------------------- a turned loss


def _loss(run: Run, one: Direction, step: float) -> Match:
    return Match(
        title="the loss that is minimised is small where predictions miss their targets",
        evidence=(
            Evidence(f"agreement in sign with downhill towards the targets, {one.elements} numbers", one.agreement, 1),
            Evidence("cosine of the first step with minus this gradient", step, 0),
        ),
        spans=_loss_spans(run, one),
    )


def _loss_spans(run: Run, one: Direction) -> tuple[Span, ...]:
    meeting = one.meeting
    flipped = meeting.flipped_line if meeting.flipped_line != meeting.gradient_line else None
    last = meeting.loss_line if meeting.loss_line != meeting.gradient_line else None
    line = flipped or _named_line(run.source, one.line) or last or meeting.line
    if line is None:
        return ()
    label = "the sign is turned round here" if flipped else "smaller is worse here"
    here = line_span(run.source, line, label)
    there = (
        line_span(run.source, meeting.line, "targets and predictions meet", primary=False)
        if meeting.line != line and meeting.line
        else None
    )
    return tuple(span for span in (here, there) if span is not None)


def _named_line(source: str, line: int | None) -> int | None:
    """Return where the name was last assigned that the tape is asked about on this line."""
    tree = tree_of(source)
    if tree is None:
        return None
    name = next((n for n in map(_asked_name, ast.walk(tree)) if n and n[0] == line), None)
    if name is None or line is None:
        return None
    functions = [
        n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.lineno <= line <= (n.end_lineno or 0)
    ]
    inside = max(functions, key=lambda f: f.lineno, default=tree)
    lines = [n.lineno for n in ast.walk(inside) if isinstance(n, (ast.Assign, ast.AugAssign)) and _assigns(n, name[1])]
    return max((one for one in lines if one <= line), default=None)


def _asked_name(node: ast.AST) -> tuple[int, str] | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "gradient":
        return None
    first = node.args[0] if node.args else None
    return (node.lineno, first.id) if isinstance(first, ast.Name) else None


def _assigns(node: ast.Assign | ast.AugAssign, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(t, ast.Name) and t.id == name for t in targets)


# ------------------------------------------------------------------------------------------- a turned step


def _step(run: Run, one: Direction, step: float) -> Match:
    return Match(
        title="the weights are moved along the gradient, not against it",
        evidence=(
            Evidence("cosine of the first step with minus the gradient", step, 0),
            Evidence(f"agreement in sign with downhill towards the targets, {one.elements} numbers", one.agreement, 1),
        ),
        spans=_step_spans(run),
    )


def _step_spans(run: Run) -> tuple[Span, ...]:
    gradients = {g.tensor for call in run.gradient_calls if call.step == 0 for g in call.gradients if g.tensor}
    handed = {update.line for update in run.updates}
    for op in downstream(run.ops, gradients):
        if op.type == "Neg" and op.line and op.line not in handed:
            label = "the sign of the gradient is turned round"
            found = assigned_span(run.source, op.line, label) or line_span(run.source, op.line, label)
            return (found,) if found else ()
    label = "this step goes uphill"
    for update in run.updates:
        if update.line:
            found = call_span(run.source, update.line, update.method, label) or line_span(
                run.source, update.line, label
            )
            return (found,) if found else ()
    names = {variable.name for variable in run.variables}
    assigned = (op.line for op in run.ops if op.line and op.type.startswith("Assign") and op.variable in names)
    after = min((c.line for c in run.gradient_calls if c.line), default=0)
    line = next((line for line in assigned if line > after), None)
    found = line_span(run.source, line, label) if line else None
    return (found,) if found else ()
