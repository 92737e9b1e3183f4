"""Some of the trained variables have no part in the loss.

What happens
    The tape is asked about variables that the loss does not depend on: an output without a loss, a branch that is
    computed and left out, a name that is overwritten before it is used.

Why it hurts
    What has no part in the loss has no gradient, so its `None` is skipped or stops the program, and these weights stay
    what they were at the start while the rest is trained around them.

How it shows
    `None` for some variables and gradients for others; no operation leads from the first to the loss, and they never
    move.

Fix
    Use the result where the prediction or the loss is made, or give the output a loss of its own; take the part out
    if it is not wanted.

Known limits
    A variable that gets its gradient from another loss of the same program is no finding. How a left-out part was
    meant to be used cannot be tried from outside, so this cause is never called proven.

References
    keras.io/api/models/model_training_apis, `loss` for several outputs; www.tensorflow.org/guide/autodiff, "Getting a
    gradient of None".
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from trainwhy.dataflow import SIZES, dead_ends, upstream
from trainwhy.lineage import Break, Lineage, broken
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run, Span
from trainwhy.sources import line_span, tree_of

DIAGNOSIS = Diagnosis(
    code="TW108",
    name="variables-unused-by-loss",
    level="error",
    why="a gradient says how the loss changes with a weight; a weight without a part in the loss has none to give",
    help="use this part where the prediction or the loss is made, give its output a loss, or take it out of the model",
    practice="script",
)
UNREPAIRED = "which output or loss these weights were meant for is written nowhere in the run"

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
y = x[:, :1] - x[:, 1:2]
wide, deep = keras.layers.Dense(1), keras.layers.Dense(1)
wide.build((None, 3))
deep.build((None, 3))
variables = wide.trainable_variables + deep.trainable_variables
optimizer = keras.optimizers.SGD(0.1)
for step in range(12):
    with tf.GradientTape() as tape:
        first, second = wide(x), deep(x)
        prediction = first + first
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
"""

FIXED = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
y = x[:, :1] - x[:, 1:2]
wide, deep = keras.layers.Dense(1), keras.layers.Dense(1)
wide.build((None, 3))
deep.build((None, 3))
variables = wide.trainable_variables + deep.trainable_variables
optimizer = keras.optimizers.SGD(0.1)
for step in range(12):
    with tf.GradientTape() as tape:
        first, second = wide(x), deep(x)
        prediction = first + second
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
"""


def match(run: Run) -> Match | None:
    """Match variables of a script that are asked for in vain while others of the same question are answered."""
    if run.loop != "script":
        return None
    found = broken(run, "unused")
    if found is None:
        return None
    lineage, cut = found
    if not any(gradient.present for gradient in lineage.call.gradients):
        return None
    asked = len(lineage.asked)
    evidence = (
        Evidence("asked weights that the loss depends on", asked - len(cut.variables), asked),
        Evidence("of the others moved", 0, len(cut.variables)),
    )
    title = f"{len(cut.variables)} of {asked} trained variables have no part in the loss"
    return Match(title, evidence, _spans(run, lineage, cut))


def _spans(run: Run, lineage: Lineage, cut: Break) -> tuple[Span, ...]:
    ops = run.ops + run.later_ops if lineage.call.step else run.ops
    way = upstream(ops, lineage.call.target, in_graph=lineage.call.in_graph)
    end = cut.op
    line = _beside(way, lineage, cut) if end is None else _left_out(run, ops, way, end, lineage)
    fits = {fit.line: fit.model for fit in (run.seen.fits if run.seen else ())}
    if line in fits and run.seen is not None:
        compiles = [c.line for c in run.seen.compiles if c.model == fits[line] and c.line]
        line = compiles[-1] if compiles else line
    spans = [line_span(run.source, line or lineage.call.line or 0, "these variables are left out here")]
    where = (end.layer_line or end.line) if end is not None else None
    if where and where != line:
        spans.append(line_span(run.source, where, "computed here, and used by no loss", primary=False))
    return tuple(span for span in spans if span)


def _left_out(run: Run, ops: Sequence[Op], way: Sequence[Op], end: Op, lineage: Lineage) -> int | None:
    """Return the next line on the way to the loss: the part that ends here could have been used there."""
    ends = {id(op) for op in dead_ends(ops, lineage.lost, way)} | {id(end)}
    place = max(index for index, op in enumerate(ops) if id(op) in ends and op.line == end.line)
    behind = {id(op) for op in ops[place:]}
    after = [op for op in way if id(op) in behind and op.line and op.recording and op.type not in SIZES]
    named = _assigned_target(run.source, lineage.call.line or 0, end.line or 0)
    return after[0].line if after else named or end.line


def _assigned_target(source: str, line: int, low: int) -> int | None:
    """Return where the name that the tape is asked about was given its value, below the left-out part."""
    tree = tree_of(source)
    if tree is None:
        return None
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and n.lineno <= line <= (n.end_lineno or 0)]
    names = {n.args[0].id for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr == "gradient"
             and n.args and isinstance(n.args[0], ast.Name)}  # fmt: skip
    targets = (n for n in ast.walk(tree) if isinstance(n, ast.Assign) and low < n.lineno < line)
    found = [n.lineno for n in targets for t in n.targets if isinstance(t, ast.Name) and t.id in names]
    return max(found, default=None)


def _beside(way: Sequence[Op], lineage: Lineage, cut: Break) -> int | None:
    """Return the line that uses the variable asked for just before one that nothing reads."""
    names = [s.name for s in lineage.call.sources]
    first = min(names.index(name) for name in cut.variables)
    for name in (*reversed(names[:first]), *names[first:]):
        read = next((op for op in way if op.variable == name), None)
        if read is not None:
            return read.line
    return None
