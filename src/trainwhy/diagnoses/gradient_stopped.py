"""`stop_gradient` stands on the only way to the weights.

What happens
    A tensor between the weights and the loss went through `tf.stop_gradient`. Going back from the loss, the tape ends
    there.

Why it hurts
    Everything before the stop gets no gradient and stays as it was initialised. What comes after it may still learn,
    so the loss can fall and hide that a part of the model never trains.

How it shows
    Trainable variables that were asked for have no gradient, and every way from them to the loss passes the stop.

Fix
    Take `tf.stop_gradient` away from the prediction. When a part is to stay fixed on purpose, set
    `layer.trainable = False`, or ask the tape only for the variables that are to learn.

Known limits
    A stop on a target, on one of several ways, or in a straight-through estimator leaves another way open and is fine.
    Without any doubt it is a mistake only if the variable was asked for.

References
    www.tensorflow.org/api_docs/python/tf/stop_gradient.
"""

from __future__ import annotations

from trainwhy.lineage import Break, Lineage, broken, gradients_given, open_ways
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW107",
    name="gradient-stopped",
    level="error",
    why="`stop_gradient` tells the tape that the way back ends here, so nothing before it is ever told how to change",
    help="take `tf.stop_gradient` off the prediction; to keep a part fixed, set `layer.trainable = False` instead",
    intervention="let_gradients_pass",
    intervention_words="gradients passing `stop_gradient`",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = tf.stop_gradient(model(x, training=True))
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


def match(run: Run) -> Match | None:
    """Match when every way from an asked variable to the loss is stopped."""
    found = broken(run, "stopped")
    if found is None:
        return None
    lineage, cut = found
    return Match(_title(lineage, cut), (open_ways(lineage, cut), gradients_given(lineage)), _spans(run, cut))


def _title(lineage: Lineage, cut: Break) -> str:
    if len(cut.variables) == len(lineage.asked):
        return "`stop_gradient` cuts the only way from the loss to the weights"
    return f"`stop_gradient` cuts the only way to {len(cut.variables)} of {len(lineage.asked)} trained variables"


def _spans(run: Run, cut: Break) -> tuple[Span, ...]:
    line, label = cut.line or 0, "the way back to the weights ends here"
    found = call_span(run.source, line, "stop_gradient", label) or line_span(run.source, line, label)
    return (found,) if found else ()
