"""One gradient, computed once, is applied again and again.

What happens
    `tape.gradient` runs once, outside the loop; the loop only applies what it returned.

Why it hurts
    A gradient is right at the weights it was computed for. A few steps later it points anywhere: the loss dips, then
    climbs for ever.

How it shows
    The same gradient tensors reach the optimizer at every update.

Fix
    Compute the loss and its gradient anew for every batch, inside the loop.

Known limits
    Applying one gradient twice on purpose is not this; most updates have to repeat. With updates by hand only the
    number of gradient calls is known, and that a gradient was written into a weight; in a traced step not even that.

References
    www.tensorflow.org/guide/core/optimizers_core.
"""

from __future__ import annotations

from trainwhy.crashes import line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span
from trainwhy.usage import written_by_hand

DIAGNOSIS = Diagnosis(
    code="TW134",
    name="stale-gradient",
    level="error",
    why="a gradient is right only at the weights it was computed for; after a few steps it points anywhere",
    help="compute the loss and its gradient again for every batch, inside the loop",
    intervention="fresh_gradients",
    intervention_words="a fresh gradient for every update",
)

BROKEN = """\
import tensorflow as tf


def train(model, optimizer, data):
    x, y = next(iter(data))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    for epoch in range(5):
        for x, y in data:
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = """\
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FEWEST = 4  # updates needed to speak of again and again
MOST = 0.5  # share of the updates that repeat


def match(run: Run) -> Match | None:
    """Match when most updates apply gradients that an earlier update applied."""
    if run.seen is not None:
        return _in_script(run)
    repeated, updates = run.repeated_updates, run.update_count
    if updates < FEWEST or repeated <= MOST * updates:
        return _by_hand(run)
    evidence = (
        Evidence("updates that repeat an earlier update's gradient", repeated, 0),
        Evidence(f"gradients computed for {updates} updates", run.gradient_call_count, updates),
    )
    return Match(f"{repeated} of {updates} updates apply a gradient that was used before", evidence, _spans(run))


def _in_script(run: Run) -> Match | None:
    """Match when an optimizer is given the same tensors again and again, or weights are changed by hand with them.

    Only what happens in plain Python counts: a traced function computes its gradient anew whenever it is called.
    """
    repeated, updates = number(run, "handed_again"), number(run, "handed")
    if updates >= FEWEST and repeated > MOST * updates:
        evidence = (Evidence(f"of {int(updates)} updates, that repeat an earlier gradient", int(repeated), 0),)
        return Match(
            f"{int(repeated)} of {int(updates)} updates apply a gradient that was used before", evidence, _spans(run)
        )
    written, asked = number(run, "written"), run.gradient_call_count
    if updates or not asked or written < FEWEST * asked:
        return None
    by_hand = (
        Evidence("gradients computed for each weight", asked, int(written)),
        Evidence("times it was changed with them", int(written)),
    )
    return Match(f"one gradient is used for {int(written / asked)} changes of the weights", by_hand, _spans(run))


def _by_hand(run: Run) -> Match | None:
    """Match updates without an optimizer: weights move in more epochs than gradients were computed."""
    moving = sum(epoch.weights_moved > 0 for epoch in run.epochs)
    if run.update_count or run.loop == "fit" or not 0 < run.gradient_call_count < moving:
        return None
    if any(call.in_graph for call in run.gradient_calls) or not written_by_hand(run):
        return None  # a traced gradient is computed more often than it is seen; one that is only printed moves nothing
    evidence = Evidence(f"gradients computed in {moving} epochs with moving weights", run.gradient_call_count, moving)
    return Match("the weights move on with a gradient of an earlier epoch", (evidence,), _spans(run))


def _spans(run: Run) -> tuple[Span, ...]:
    source = run.source
    asked = next((call.line for call in run.gradient_calls if call.line), None)
    used = next((update for update in run.updates if update.line), None)
    applied = call_span(source, used.line, used.method, "the same gradients every time") if used and used.line else None
    by_hand = line_of(run, "written_line")
    if applied is None and by_hand is not None:
        applied = line_span(source, by_hand, "the same gradients every time")
    computed = call_span(source, asked, "gradient", "computed once", primary=applied is None) if asked else None
    return tuple(span for span in (applied, computed) if span is not None)
