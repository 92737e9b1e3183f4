"""The new value is given a name, and the variable keeps the old one.

What happens
    The step computes `v = v - rate * gradient`. That makes a new tensor and lets the Python name `v` point to it. The
    `tf.Variable` it came from is not changed.

Why it hurts
    The model goes on with the weights it had. In a list of one's own, the name now holds a plain tensor, which the next
    tape does not watch: the gradient after that is `None`.

How it shows
    An operation took a variable's value and its own gradient, nothing was assigned, and every weight is bit for bit
    what it was.

Fix
    Change the variable in place: `v.assign_sub(rate * gradient)`.

Known limits
    Tensors computed like this beside a real update (fast weights, look-ahead, a printed norm) are fine: the variable
    moves.

References
    www.tensorflow.org/guide/variable; www.tensorflow.org/guide/autodiff, "Replaced a variable with a tensor".
"""

from __future__ import annotations

from collections.abc import Sequence

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import assigned_span, line_span
from trainwhy.usage import Rebinding, not_moved, rebindings

DIAGNOSIS = Diagnosis(
    code="TW133",
    name="variable-rebound",
    level="error",
    why="`v = v - step` makes a new tensor and moves the name to it; the variable itself is not touched",
    help="change the variable in place with `v.assign_sub(...)`",
    intervention="assign_in_place",
    intervention_words="the new values assigned to the variables",
    explains=("TW101", "TW135"),
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable = variable - 0.05 * gradient
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for variable, gradient in zip(model.trainable_variables, gradients):
        variable.assign_sub(0.05 * gradient)
    return loss
"""


def match(run: Run) -> Match | None:
    """Match when a variable and its gradient met in a new tensor, and nothing was ever assigned."""
    found = rebindings(run)
    if not found:
        return None
    evidence = (Evidence("new values computed from a variable and its gradient", len(found), 0), not_moved(run))
    return Match("the step makes new tensors and leaves the variables as they were", evidence, _spans(run, found))


def _spans(run: Run, found: Sequence[Rebinding]) -> tuple[Span, ...]:
    line, label = found[0].op.line or 0, "now names a new tensor, not the variable"
    span = assigned_span(run.source, line, label) or line_span(run.source, line, label)
    return (span,) if span else ()
