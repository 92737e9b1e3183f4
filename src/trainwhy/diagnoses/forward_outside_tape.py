"""The model is called while the tape does not record.

What happens
    The forward pass runs above or below the `with` block (or under another tape). The tape that is asked for gradients
    never saw the weights being used.

Why it hurts
    A tape differentiates what it has seen. From a loss that came out of nowhere no way leads back to the weights, so
    every gradient is `None`.

How it shows
    Each weight was read without being recorded, or this tape watched no variable, and the loss depends on them.

Fix
    Move the call of the model into the `with tf.GradientTape()` block, above the loss.

Known limits
    A part that is left outside on purpose (a frozen backbone) is fine while other weights get their gradients. A tape
    made with `watch_accessed_variables=False` is left alone.

References
    www.tensorflow.org/guide/autodiff, "Getting a gradient of None".
"""

from __future__ import annotations

from trainwhy.lineage import Break, Lineage, broken, gradients_given
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import line_span, with_span

DIAGNOSIS = Diagnosis(
    code="TW102",
    name="forward-outside-tape",
    level="error",
    why="a tape can only go back over what it recorded, and it was not recording when the weights were used",
    help="call the model inside the `with tf.GradientTape()` block",
    intervention="record_whole_step",
    intervention_words="the whole step recorded",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    prediction = model(x, training=True)
    with tf.GradientTape() as tape:
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
    """Match when every trainable variable that was asked for is lost because it was read unrecorded."""
    found = broken(run, "forward_outside")
    if found is None:
        return None
    lineage, cut = found
    if run.loop != "script" and len(lineage.lost) < len(lineage.asked):
        return None
    return Match("the model is called where this tape does not record", _evidence(lineage), _spans(run, lineage, cut))


def _evidence(lineage: Lineage) -> tuple[Evidence, ...]:
    watched = Evidence("variables this tape watched", len(lineage.call.watched), len(lineage.asked))
    return watched, gradients_given(lineage)


def _spans(run: Run, lineage: Lineage, cut: Break) -> tuple[Span, ...]:
    if run.loop == "script":  # the model may be called anywhere; where it should have been is the block
        asked = with_span(run.source, lineage.call.tape_line or 0, "opened after the model ran, and then asked")
        ran = line_span(run.source, cut.line or 0, "runs unrecorded", primary=asked is None)
        return tuple(span for span in (asked, ran) if span)
    call = line_span(run.source, cut.line or 0, "runs unrecorded by the tape that is asked")
    tape = with_span(run.source, lineage.call.tape_line or 0, "this tape is asked", primary=False)
    return tuple(span for span in (call, tape) if span)
