"""The prediction is rounded before the loss sees it.

What happens
    `round`, `floor`, `ceil`, `sign` or `//` turns the model's smooth output into steps, and the loss is computed from
    the steps.

Why it hurts
    A staircase is flat almost everywhere: a small change of a weight changes nothing. TensorFlow answers `None` (for
    `sign` zero), and no weight learns.

How it shows
    Every way from the weights to the loss passes a rounding operation.

Fix
    Train on the unrounded output and round when predicting. Where the forward pass must be rounded, let the gradient
    pass beside it: `x + tf.stop_gradient(tf.round(x) - x)`.

Known limits
    Rounding beside the loss (a metric), or with an own gradient (`tf.custom_gradient`), is fine. Whole numbers made by
    a cast are named TW105.

References
    Bengio, Leonard and Courville (2013), "Estimating or Propagating Gradients Through Stochastic Neurons".
"""

from __future__ import annotations

from trainwhy.lineage import Break, broken, gradients_given, open_ways
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW106",
    name="rounded-output",
    level="error",
    why="a rounded value stays the same when a weight changes a little, so it has no slope to follow",
    help="compute the loss from the unrounded output, and round only when the prediction is used",
    intervention="straight_through",
    intervention_words="the gradient passed straight through the rounding",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = tf.round(model(x, training=True))
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

NAMES = {"Rint": "rint", "Round": "round", "Floor": "floor", "Ceil": "ceil", "Sign": "sign", "FloorDiv": "//"}


def match(run: Run) -> Match | None:
    """Match when a rounding operation cuts every way to some variable."""
    found = broken(run, "rounded")
    if found is None:
        return None
    lineage, cut = found
    return Match(_title(cut), (open_ways(lineage, cut), gradients_given(lineage)), _spans(run, cut))


def _title(cut: Break) -> str:
    return f"`{NAMES.get(cut.what, cut.what)}` flattens the output before the loss, which leaves no slope"


def _spans(run: Run, cut: Break) -> tuple[Span, ...]:
    line, label = cut.line or 0, "flat: no gradient passes"
    found = call_span(run.source, line, NAMES.get(cut.what, cut.what), label) or line_span(run.source, line, label)
    return (found,) if found else ()
