"""The loss is computed after the tape has stopped.

What happens
    The model runs inside the `with` block, the loss below it. The recording ends at the prediction.

Why it hurts
    A tape goes back from the loss step by step. The last steps are missing from its record, so it finds no way from
    this loss to any weight, and every gradient is `None`.

How it shows
    The tape watched the weights, the loss depends on them, and an operation between prediction and loss was not
    recorded.

Fix
    Indent the line that computes the loss, so that it stands inside the `with tf.GradientTape()` block.

Known limits
    Where the loss is written does not matter, only when it runs: a loss function defined elsewhere is fine, and so is a
    tape that is entered a second time.

References
    www.tensorflow.org/guide/autodiff, "Getting a gradient of None".
"""

from __future__ import annotations

from trainwhy.lineage import Break, Lineage, broken, gradients_given
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import called_from, line_span, with_span

DIAGNOSIS = Diagnosis(
    code="TW103",
    name="loss-outside-tape",
    level="error",
    why="the tape walks back from the loss, and the steps that made the loss are not in its record",
    help="compute the loss inside the `with tf.GradientTape()` block",
    intervention="record_whole_step",
    intervention_words="the whole step recorded",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
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
    """Match when the variables were recorded and every one is lost at a later operation that was not."""
    found = broken(run, "loss_outside")
    if found is None:
        return None
    lineage, cut = found
    if run.loop != "script" and len(lineage.lost) < len(lineage.asked):
        return None
    return Match("the loss is computed where this tape does not record", _evidence(lineage), _spans(run, lineage, cut))


def _evidence(lineage: Lineage) -> tuple[Evidence, ...]:
    watched = Evidence("variables this tape watched", len(lineage.call.watched), len(lineage.asked))
    return gradients_given(lineage), watched


def _spans(run: Run, lineage: Lineage, cut: Break) -> tuple[Span, ...]:
    line = cut.line or 0
    if run.loop == "script":
        line = called_from(run.source, line, lineage.call.tape_line or 0, lineage.call.line or 0)
    loss = line_span(run.source, line, "runs unrecorded by the tape that is asked")
    tape = with_span(run.source, lineage.call.tape_line or 0, "this tape is asked", primary=False)
    return tuple(span for span in (loss, tape) if span)
