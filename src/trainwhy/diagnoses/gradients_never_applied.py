"""The gradients are computed and thrown away.

What happens
    The tape gives a gradient for every weight, and no line hands them to the optimizer.

Why it hurts
    A gradient says which way is downhill. It changes nothing by itself: without an update every step starts from the
    same weights, so the loss repeats itself for ever.

How it shows
    Gradients that are not zero, no call of `apply_gradients` or `apply`, `optimizer.iterations` at 0, and every
    weight bit for bit what it was at the start.

Fix
    After `tape.gradient`, call `optimizer.apply_gradients(zip(gradients, model.trainable_variables))`.

Known limits
    Weights that are written by hand (`assign_sub`) count as updated. A run that ended in an error before its second
    step says nothing about what its next line would have done, and stays silent.

References
    www.tensorflow.org/guide/keras/writing_a_training_loop_from_scratch; keras.io/api/optimizers.
"""

from __future__ import annotations

from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Evidence, GradientCall, Match, Run, Span
from trainwhy.sources import assigned_span, call_span, line_span
from trainwhy.usage import (
    answered,
    dropped,
    given,
    last_line,
    never_updated,
    not_moved,
    rebindings,
    written_by_hand,
)

DIAGNOSIS = Diagnosis(
    code="TW101",
    name="gradients-never-applied",
    level="error",
    why="a gradient is a direction; a weight changes when the optimizer is given it",
    help="hand the gradients to the optimizer: `optimizer.apply_gradients(zip(gradients, model.trainable_variables))`",
    intervention="apply_gradients",
    intervention_words="these gradients applied",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
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
    """Match when gradients were there, and nothing was ever done with them that could move a weight."""
    if run.loop == "script":
        return _of_script(run)
    call = answered(run)
    if call is None or not never_updated(run) or _cut_short(run):
        return None
    if written_by_hand(run) or rebindings(run):
        return None
    return Match("the gradients are computed and thrown away", _evidence(run, call), _spans(run, call))


def _of_script(run: Run) -> Match | None:
    """One of several gradients of a script may be dropped, while everything else trains."""
    call = dropped(run)
    if call is None or (run.error is not None and run.steps <= 1):
        return None
    names = [source.name for source, _ in given(call)]
    evidence = (
        Evidence("gradients computed that are not None", sum(g.present for _, g in given(call)), len(names)),
        Evidence(f"of these weights moved in {run.steps} steps", 0, len(names)),
    )
    line = last_line(run, call)
    label = f"{len(names)} gradients are there; nothing uses them"
    found = assigned_span(run.source, line, label) or call_span(run.source, line, "gradient", label)
    spans = [found or line_span(run.source, line, label)]
    if line != call.line and call.line:
        spans.append(call_span(run.source, call.line, "gradient", "computed here", primary=False))
    return Match("the gradients are computed and thrown away", evidence, tuple(s for s in spans if s))


def _cut_short(run: Run) -> bool:
    """Tell a run that raised before its first step had an end; what came after that line is not known."""
    return run.error is not None and run.steps <= 1


def _evidence(run: Run, call: GradientCall) -> tuple[Evidence, ...]:
    answers = [gradient for _, gradient in given(call)]
    found = [
        Evidence("gradients computed that are not None", sum(g.present for g in answers), len(answers)),
        not_moved(run),
    ]
    iterations = next((o.iterations for o in run.optimizers if o.given and o.iterations is not None), None)
    if iterations is not None:
        found.append(Evidence("`optimizer.iterations`, against the steps", iterations, run.steps))
    return tuple(found)


def _spans(run: Run, call: GradientCall) -> tuple[Span, ...]:
    answers = [gradient for _, gradient in given(call)]
    label = f"{sum(g.present for g in answers)} of {len(answers)} are there; nothing uses them"
    line = call.line or 0
    found = assigned_span(run.source, line, label) or call_span(run.source, line, "gradient", label)
    return (found,) if found else ()
