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

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import assigned_span

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


def match(run: Run) -> Match | None:
    """Match when the bits of the data changed."""
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
    """Return how many data arrays the training changed."""
    return float(len(run.inputs_changed))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the data are the same after the training as before it."""
    return measure(baseline) > 0 == measure(repaired)


def _spans(run: Run) -> tuple[Span, ...]:
    line = _written(run)
    found = assigned_span(run.source, line, "this writes into the training data") if line else None
    return () if found is None else (found,)


def _written(run: Run) -> int | None:
    """Find the statement that writes into an array by its name. The arrays did change: this only aims the arrow."""
    for node in ast.walk(ast.parse(run.source)):
        if isinstance(node, ast.AugAssign):
            target: ast.expr = node.target
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            target = node.targets[0]
        else:
            continue
        if _named(target) in run.inputs_changed:
            return node.lineno
    return None


def _named(target: ast.expr) -> str | None:
    """Return the name that is written to: `x` of `x` and of `x[:]`."""
    place = target.value if isinstance(target, ast.Subscript) else target
    return place.id if isinstance(place, ast.Name) else None
