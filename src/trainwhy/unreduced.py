"""Losses of a script that are one number per row, or a sum over the rows, when their gradient is taken. Pure."""

from __future__ import annotations

import ast
import math

from trainwhy.dataflow import upstream
from trainwhy.narrative import trend
from trainwhy.results import Evidence, GradientCall, Match, Op, Run, Span
from trainwhy.sources import line_span, nodes_of

FEWEST_ROWS = 4
SCALING = frozenset(
    {
        "Adam",
        "AdamW",
        "Adamax",
        "Nadam",
        "RMSprop",
        "Adagrad",
        "Adadelta",
        "Lion",
        "Ftrl",
        "Lamb",
        "Muon",
        "LossScaleOptimizer",
    }
)
DIVIDES = frozenset({"RealDiv", "DivNoNan", "Mul", "Mean"})


def match(run: Run) -> Match | None:
    """Match a loss with one number per row; a sum over rows only where training fails under an optimizer it hurts."""
    for call in run.gradient_calls:
        if not _trains(run, call):
            continue
        if _per_row(call):
            return _match_rows(run, call)
        total = _sum(run, call)
        if total is not None and trend(None, run.epochs) in ("rises", "nan") and not _scaled(run):
            return _match_sum(run, call, total)
    return None


def length(run: Run) -> float:
    """Length of the first gradient; where a graph keeps it to itself, of the first step, which plain descent scales."""
    first = run.seen.steps[0].gradient if run.seen is not None and run.seen.steps else None
    if first is not None:
        return first
    step = run.seen.facts.get("first_step") if run.seen is not None else None
    return float(step) if isinstance(step, (int, float)) else math.nan


def _trains(run: Run, call: GradientCall) -> bool:
    moved = {v.name for v in run.variables if v.moved}
    names = [s.name for s in call.sources if s.kind == "variable" and s.trainable]
    return call.target_kind == "tensor" and len(names) == len(call.sources) > 0 and bool(moved.intersection(names))


def _per_row(call: GradientCall) -> bool:
    shape = call.target_shape
    return bool(shape) and (shape[0] is None or shape[0] >= FEWEST_ROWS)


def _scaled(run: Run) -> bool:
    return bool(run.optimizers) and all(o.kind in SCALING for o in run.optimizers)


def _sum(run: Run, call: GradientCall) -> Op | None:
    """Return the operation that added up all rows, when nothing after it scales the sum."""
    way = upstream(run.ops, call.target)
    rows = _rows(run)
    for index, op in enumerate(way):
        shape = op.input_shapes[0] if op.input_shapes else ()
        if op.type == "Sum" and rows >= FEWEST_ROWS and shape[:1] == (rows,) and op.shape[:1] != (rows,):
            keys = set(op.outputs)
            after = []
            for later in way[index + 1 :]:
                if keys.intersection(later.inputs):
                    keys.update(later.outputs)
                    after.append(later)
            if not any(later.type in DIVIDES for later in after):
                return op
    return None


def _rows(run: Run) -> int:
    heads = run.look.heads if run.look is not None else ()
    shape = next((h.y_pred.shape for h in heads if h.y_pred is not None and h.y_pred.shape), ())
    return (shape[0] or 0) if shape else 0


def _match_rows(run: Run, call: GradientCall) -> Match:
    count = math.prod(size or 1 for size in call.target_shape)
    return Match(
        title="the loss is one number per row, so the gradient is that of their sum",
        evidence=(
            Evidence("numbers in the loss whose gradient is taken", count, 1),
            Evidence("shape of the loss", str(call.target_shape), "()"),
        ),
        spans=_spans(run, call),
    )


def _match_sum(run: Run, call: GradientCall, op: Op) -> Match:
    losses = [e.loss for e in run.epochs]
    found = [Evidence("rows added up in the loss", _rows(run), 1)]
    if len(losses) > 1:
        found.append(Evidence("loss of the last epoch", losses[-1], losses[0]))
    line = op.line or call.line
    here = line_span(run.source, line, f"a sum over {_rows(run)} rows") if line else None
    return Match(
        title="the loss is a sum over the batch, so the step grows with the batch size",
        evidence=tuple(found),
        spans=() if here is None else (here,),
    )


def _spans(run: Run, call: GradientCall) -> tuple[Span, ...]:
    made = next((op.line for op in run.ops if call.target in op.outputs), None)
    label = f"shape {call.target_shape}, added up"
    found = _maker(run, call, made)
    if found is not None:
        here = line_span(run.source, found, "this loss is not reduced")
        there = line_span(run.source, call.line, label, primary=False) if call.line not in (None, found) else None
    else:
        line = _returned(run.source, made) or made or call.line
        here, there = (line_span(run.source, line, label) if line else None), None
    return tuple(span for span in (here, there) if span is not None)


def _maker(run: Run, call: GradientCall, made: int | None) -> int | None:
    """Return where a loss object was made that does not reduce, when its value is what the tape is asked about."""
    if run.look is None:
        return None
    plain = {"none", "None"}
    lines = {c.line for c in run.look.losses if c.reduction in plain and c.owner[:1].isupper() and c.recording}
    lines |= {c.line for c in run.look.losses if not c.reduction and c.owner[:1].isupper() and c.recording}
    heads = [h for h in run.look.heads if h.line in lines and h.made_line and h.owner[:1].isupper()]
    return next((h.made_line for h in heads if made in (h.line, call.line, None)), None)


def _returned(source: str, line: int | None) -> int | None:
    """Return the `return` that hands out the name assigned on this line: there the mean is missing."""
    functions = [n for n in nodes_of(source) if isinstance(n, ast.FunctionDef)]
    inside = [f for f in functions if line is not None and f.lineno <= line <= (f.end_lineno or 0)]
    function = max(inside, key=lambda f: f.lineno, default=None)
    if function is None or _asks(function):
        return None
    nodes = list(ast.walk(function))
    names = {
        t.id for n in nodes if isinstance(n, ast.Assign) and n.lineno <= (line or 0) <= (n.end_lineno or 0)
        for t in n.targets if isinstance(t, ast.Name)
    }  # fmt: skip
    returns = [
        n.lineno for n in nodes if isinstance(n, ast.Return) and isinstance(n.value, ast.Name) and n.value.id in names
    ]
    return returns[-1] if returns else None


def _asks(function: ast.FunctionDef) -> bool:
    return any(isinstance(n, ast.Attribute) and n.attr == "gradient" for n in ast.walk(function))
