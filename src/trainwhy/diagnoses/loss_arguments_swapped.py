"""Predictions and targets stand in each other's place in the loss.

What happens
    Losses of Keras take the targets first. Here the output of the model comes first and the data second.

Why it hurts
    A squared error does not mind, a cross-entropy does: it takes the logarithm of the targets, which are 0 and 1 and
    get clipped. The loss is many times too large and its gradient is that of another function.

How it shows
    The first argument was made from the weights, the second was not; the same loss with its arguments the other way
    round gives another number.

Fix
    Write `loss(y_true, y_pred)`, or name both arguments.

Known limits
    Only losses that are not symmetric are looked at. A divergence may be turned round on purpose and is left out.
    Where both arguments come from weights, nothing is said.

References
    keras.io/api/losses, "Standalone usage of losses"; www.tensorflow.org/api_docs/python/tf/keras/losses/Loss.
"""

from __future__ import annotations

import ast
import math
import re

from trainwhy.dataflow import open_to_the_end, upstream
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import LossArguments
from trainwhy.sources import line_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW120",
    name="loss-arguments-swapped",
    level="error",
    why="a cross-entropy takes the logarithm of its second argument; with the targets there it measures something else",
    help="pass the targets first and the predictions second, or name them: `y_true=..., y_pred=...`",
    intervention="swap_loss_arguments",
    intervention_words="the two arguments of the loss swapped",
    explains=("TW211", "TW212", "TW206", "TW201", "TW219", "TW401"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, (x[:, :1] > 0).astype("float32"))).shuffle(160).batch(16)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"),
                          keras.layers.Dense(1, activation="sigmoid")])
optimizer = keras.optimizers.Adam(0.01)
entropy = keras.losses.BinaryCrossentropy()
for epoch in range(4):
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = entropy(model(xb, training=True), yb)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = BROKEN.replace("entropy(model(xb, training=True), yb)", "entropy(yb, model(xb, training=True))")

MEASURE = "loss of the first steps"
SMALLER = 0.8  # of the unchanged loss, that the repaired one may be at most
PREDICTED = re.compile(r"pred|hat|out|logit|prob", re.IGNORECASE)


def match(run: Run) -> Match | None:
    """Match when the weights flow into the first argument of a loss and not into its second."""
    calls = run.look.arguments if run.look is not None else ()
    weights = [variable.name for variable in run.variables if variable.trainable]
    guilty = [c for c in calls if _open(run, c.true_key, weights) and not _open(run, c.pred_key, weights)]
    if not guilty:
        return None
    one = guilty[0]
    return Match(
        title=f"`{one.name}` gets the predictions as targets",
        evidence=(
            *_numbers(one),
            Evidence("arguments in the targets' place that come from the weights", 1, 0),
        ),
        spans=_spans(run, one),
    )


def measure(run: Run) -> float:
    """Return the loss at the beginning."""
    losses = [step.loss for step in (run.seen.steps if run.seen else ()) if step.loss is not None]
    losses = losses[:3] or [epoch.loss for epoch in run.epochs[:1]]
    return sum(losses) / len(losses) if losses else math.nan


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the loss is a good deal smaller from the beginning."""
    return repaired.error is None and measure(repaired) < SMALLER * measure(baseline)


def _open(run: Run, key: str | None, weights: list[str]) -> bool:
    return bool(open_to_the_end(upstream(run.ops, key), weights))


def _numbers(one: LossArguments) -> tuple[Evidence, ...]:
    if one.value is None or one.swapped is None:
        return ()
    return (Evidence("loss of the first step, and with the arguments the other way round", one.value, one.swapped),)


def _spans(run: Run, one: LossArguments) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    around = _own_function(run.source, one.line)
    if around is not None:
        primary = line_span(run.source, around, "the targets come first, whatever they are called")
        used = line_span(run.source, one.line, "so predictions are used as targets here", primary=False)
        return tuple(span for span in (primary, used) if span is not None)
    found = line_span(run.source, one.line, "predictions first, targets second")
    return () if found is None else (found,)


def _own_function(source: str, line: int) -> int | None:
    """Find a loss function around this line whose own parameters are named the other way round."""
    nodes = [n for n in nodes_of(source) if isinstance(n, ast.FunctionDef)]
    for node in nodes:
        names = [argument.arg for argument in node.args.args if argument.arg != "self"]
        inside = node.lineno < line <= (node.end_lineno or 0)
        if inside and len(names) > 1 and PREDICTED.search(names[0]) and not PREDICTED.search(names[1]):
            return node.lineno
    return None
