"""What became of the gradients: were they applied, written by hand, bound to a new name, or dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trainwhy.dataflow import downstream
from trainwhy.results import Evidence, Gradient, GradientCall, Op, Run, Source

WRITES = ("Assign", "ResourceApply", "ResourceScatter", "ResourceSparseApply", "ResourceStridedSliceAssign")
COPIES = ("Identity", "Cast", "Reshape")
STEPS = ("Sub", "AddV2", "Add")


@dataclass(frozen=True, slots=True)
class Rebinding:
    """A new tensor made from a variable's value and its gradient, while the variable kept its old value."""

    variable: str
    op: Op


def never_updated(run: Run) -> bool:
    """Tell a run in which no optimizer was given gradients and no trainable variable moved."""
    return not (run.updates or run.update_count or any(v.moved for v in run.variables if v.trainable))


def answered(run: Run) -> GradientCall | None:
    """Return the first gradient call that gave a trainable variable a gradient that is not zero."""
    vanished = bool(run.epochs) and all(epoch.gradient == 0 for epoch in run.epochs)
    calls = (call for call in run.gradient_calls if any(_usable(g) for _, g in given(call)))
    return None if vanished else next(calls, None)


def given(call: GradientCall) -> Iterator[tuple[Source, Gradient]]:
    """Yield the trainable variables of a gradient call with their answers."""
    for source, gradient in zip(call.sources, call.gradients, strict=False):  # a call that raised has no answers
        if source.kind == "variable" and source.trainable:
            yield source, gradient


def _usable(gradient: Gradient) -> bool:
    return gradient.present and gradient.norm != 0


def written_by_hand(run: Run) -> bool:
    """Tell whether something made from a gradient was written into a variable that was asked for.

    A variable outside the model has no name here, so for gradients of such variables every write counts.
    """
    known = {v.name for v in run.variables}
    asked = {source.name for call in run.gradient_calls for source, _ in given(call)}
    writes = [op for op in downstream(run.ops, _gradient_keys(run)) if op.type.startswith(WRITES)]
    return any(op.variable in asked or not asked <= known for op in writes)


def _gradient_keys(run: Run) -> list[str]:
    return [g.tensor for call in run.gradient_calls for _, g in given(call) if g.tensor]


def rebindings(run: Run) -> tuple[Rebinding, ...]:
    """Return the steps that were computed for variables and kept in a new tensor instead of the variable."""
    if not never_updated(run) or written_by_hand(run):
        return ()
    values = _values(run)
    found: dict[str, Rebinding] = {}
    for call in run.gradient_calls:
        for source, gradient in given(call):
            op = _step_op(run, values, source, gradient)
            if op is not None:
                found.setdefault(source.name, Rebinding(source.name, op))
    return tuple(found.values())


def _step_op(run: Run, values: dict[str, str], source: Source, gradient: Gradient) -> Op | None:
    users = downstream(run.ops, [gradient.tensor]) if gradient.tensor else ()
    made = {gradient.tensor}.union(*(op.outputs for op in users))
    for op in users:
        kept = [key for key in op.inputs if key not in made]
        whole = op.shape == source.shape and any(values.get(key, source.name) == source.name for key in kept)
        if op.type in STEPS and whole and not op.recording:
            return op
    return None


def _values(run: Run) -> dict[str, str]:
    """Map every tensor that an operation made to the variable whose whole value it is, or to "".

    A plain operator reads an eager variable without showing it: such a tensor is not in the map.
    """
    found: dict[str, str] = {}
    for op in run.ops:
        copied = found.get(op.inputs[0], "") if op.type in COPIES and op.inputs else ""
        name = op.variable if op.type == "ReadVariableOp" and op.variable else copied
        found.update(dict.fromkeys(op.outputs, name))
    return found


def not_moved(run: Run) -> Evidence:
    """Word how many of the model's weights moved in how many steps."""
    trainable = [v for v in run.variables if v.trainable]
    steps = "1 step" if run.steps == 1 else f"{run.steps} steps"
    return Evidence(f"weights that moved in {steps}", sum(v.moved for v in trainable), len(trainable))


# ------------------------------------------------------------------------------------------- scripts


def dropped(run: Run) -> GradientCall | None:
    """Return a question of a script that was answered again and again, and whose variables never moved.

    Asked once, a gradient may only be looked at; asked in a loop it is there to train with.
    """
    moved = {v.name for v in run.variables if v.moved}
    known = {v.name for v in run.variables}
    if rebindings(run):
        return None
    for call in run.gradient_calls:
        names = {source.name for source, gradient in given(call) if _usable(gradient)}
        repeated = sum(other.line == call.line for other in run.gradient_calls) > 1
        handed = any({p.variable, p.gradient_of} & names for u in run.updates for p in u.pairs)
        if repeated and names and names <= known and not names & moved and not handed and not written_for(run, names):
            return call
    return None


def written_for(run: Run, names: set[str]) -> bool:
    """Tell whether something made from a gradient was written into one of these variables."""
    writes = [op for op in downstream(run.ops + run.later_ops, _gradient_keys(run)) if op.type.startswith(WRITES)]
    return any(op.variable in names for op in writes)


def last_line(run: Run, call: GradientCall) -> int:
    """Return where the gradients were last: clipped or scaled, they are still gradients of the same shapes."""
    keys = [g.tensor for _, g in given(call) if g.tensor]
    shapes = {source.shape for source, _ in given(call) if source.shape}
    ops = downstream(run.ops if not call.step else run.ops + run.later_ops, keys)
    used = {key for op in ops for key in op.inputs}
    ends = [op for op in ops if op.shape in shapes and op.line and not used.intersection(op.outputs)]
    return (ends[-1].line if ends and len(ends) >= len(keys) else call.line) or 0
