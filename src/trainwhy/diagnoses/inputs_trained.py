"""The step changes the data instead of the weights.

What happens
    An in-place operator (`x -= ...`, `y[:] = ...`) writes into the arrays the step was given, which are the training
    data themselves.

Why it hurts
    What was to be learned is gone: every epoch sees other rows than the one before, and the loss says nothing about the
    real data any more.

How it shows
    The arrays hold other bits after the step than before it.

Fix
    Update variables only. Where data have to be changed, change a copy: `x = x - mean` makes one, `x -= mean` does not.

Known limits
    TensorFlow tensors cannot be changed in place, so only data handed over as NumPy arrays can be hit.

References
    numpy.org/doc/stable/user/basics.copies.html.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from trainwhy.crashes import fact, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Source, Span
from trainwhy.sources import assigned_span, call_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW138",
    name="inputs-trained",
    level="error",
    why="training means changing weights until they fit the data; changing the data makes the question easier instead",
    help="change variables only; where data have to be changed, work on a copy",
    intervention="protect_inputs",
    intervention_words="the data put back after every step",
    explains=("TW101", "TW113"),
    practice="arrays",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    inputs = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        loss = tf.reduce_mean(tf.square(y - model(inputs, training=True)))
    x -= 0.05 * tape.gradient(loss, inputs).numpy()
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

MEASURE = "data arrays changed"
ROWS = 8  # fewer are no batch


def match(run: Run) -> Match | None:
    """Match when the bits of the data changed."""
    if run.seen is not None:
        return _drifted(run) or _asked_for(run)
    if not run.inputs_changed:
        return None
    names = " and ".join(f"`{name}`" for name in run.inputs_changed)
    moved = sum(v.trainable and v.moved for v in run.variables)
    return Match(
        title=f"the step writes into the training data {names}",
        evidence=(
            Evidence("data arrays changed by the step", len(run.inputs_changed), 0),
            Evidence("trainable variables that moved", moved, sum(v.trainable for v in run.variables)),
        ),
        spans=_spans(run),
    )


def measure(run: Run) -> float:
    """Return how many data arrays the training changed, or weights that it left alone for its inputs' sake."""
    if run.seen is not None:
        return number(run, "drifted") or number(run, "unasked_still")
    return float(len(run.inputs_changed))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the data are the same after the training as before it."""
    if number(baseline, "drifted") or baseline.seen is None:
        return measure(baseline) > 0 == measure(repaired)
    return measure(baseline) > measure(repaired)


def _drifted(run: Run) -> Match | None:
    """Match when arrays behind the batches follow from what they were, epoch after epoch."""
    drifts = number(run, "drifts")
    if drifts < 2:  # noqa: PLR2004 - once may be a preparation
        return None
    names = str(fact(run, "drifted_names")).split(",")
    evidence = (
        Evidence(f"of {len(run.epochs)} epochs, that found other data", int(drifts), 0),
        Evidence("share of the numbers that changed", number(run, "drifted_share"), 0),
    )
    line = _written(run, names)
    span = assigned_span(run.source, line, "this writes into the training data") if line else None
    words = " and ".join(f"`{name}`" for name in names[:3])
    return Match(f"the training data {words} are changed in place"[:80], evidence, (span,) if span else ())


def _asked_for(run: Run) -> Match | None:
    """Match when a tape is asked about what is multiplied by weights, and never about these weights."""
    unasked, still = number(run, "unasked"), number(run, "unasked_still")
    names = {source.name for call in run.gradient_calls for source in call.sources}
    if not unasked or unasked != still or fact(run, "weights_loaded") or not names:
        return None
    untrained = not any(v.moved and v.trainable and v.name not in names for v in run.variables)
    inputs = [s for call in run.gradient_calls[:1] for s in call.sources if _is_input(run, s)]
    if not untrained or not inputs:
        return None
    evidence = (
        Evidence("weights in the loss that no gradient is asked for", int(unasked), 0),
        Evidence("rows of the variable that is trained instead", inputs[0].shape[0]),
    )
    line = run.gradient_calls[0].line
    span = call_span(run.source, line, "gradient", "asked about the inputs, not the weights") if line else None
    return Match(
        "the gradient of the inputs is applied, and the weights stay as they are", evidence, (span,) if span else ()
    )


def _is_input(run: Run, source: Source) -> bool:
    """Tell what goes into the first product as rows: the left side, with as many rows as the result."""
    rows = source.shape[0] if len(source.shape) > 1 else None
    if not rows or rows < ROWS:
        return False
    read = {key for op in run.ops if op.variable == source.name for key in op.outputs} | {source.tensor or ""}
    made = {key for op in run.ops for key in op.outputs}
    for op in run.ops:
        product = op.type in ("MatMul", "Conv2D", "BatchMatMulV2") and op.recording and bool(op.inputs)
        # A plain operator reads an eager variable without showing it: then nothing that is known made its left side.
        if product and (op.inputs[0] in read or op.inputs[0] not in made):
            return bool(op.shape) and op.shape[0] == rows
        if op.type in ("Identity", "Cast", "Reshape") and read.intersection(op.inputs):
            read.update(op.outputs)
    return False


def _spans(run: Run) -> tuple[Span, ...]:
    line = _written(run, run.inputs_changed)
    found = assigned_span(run.source, line, "this writes into the training data") if line else None
    return () if found is None else (found,)


def _written(run: Run, names: Sequence[str]) -> int | None:
    """Find the statement that writes into an array by its name. The arrays did change: this only aims the arrow."""
    for node in nodes_of(run.source):
        if isinstance(node, ast.AugAssign):
            target: ast.expr = node.target
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
        else:
            continue
        if _named(target) in names:
            return node.lineno
    return None


def _named(target: ast.expr) -> str | None:
    """Return the name that is written to: `x` of `x` and of `x[:]`."""
    place = target.value if isinstance(target, ast.Subscript) else target
    return place.id if isinstance(place, ast.Name) else None
