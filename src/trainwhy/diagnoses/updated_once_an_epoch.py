"""The weights are updated once an epoch, with the gradient of the last batch.

What happens
    The update stands one indentation too far left, behind the loop over the batches. The gradients of all batches but
    the last are computed and thrown away.

Why it hurts
    Most of the work is wasted: as many steps as epochs instead of as many as batches, each from one batch only.

How it shows
    The optimizer made as many updates as there were epochs, and each used one batch's gradient as it was.

Fix
    Indent the update into the loop over the batches.

Known limits
    Accumulation over several batches is fine: what is applied there is a sum, no batch's own gradient. So is a gradient
    of all rows after an epoch that only measured those of the batches: there is one more an epoch. The loss alone
    proves little, since few steps may do on a good start: the proof compares `optimizer.iterations` with the steps.

References
    keras.io/guides/writing_a_custom_training_loop_in_tensorflow.
"""

from __future__ import annotations

from trainwhy.crashes import number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span

DIAGNOSIS = Diagnosis(
    code="TW137",
    name="updated-once-an-epoch",
    level="error",
    why="only the gradient of the last batch reaches the optimizer; those of the other batches are thrown away",
    help="put the update inside the loop over the batches, after the gradient",
    intervention="apply_every_batch",
    intervention_words="an update after every batch",
)

BROKEN = """\
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
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

MEASURE = "`optimizer.iterations`"
FEW = 3  # batches an epoch, fewer say nothing
MOST = 0.9  # share of the steps that a repaired run has to update in


def match(run: Run) -> Match | None:
    """Match when most batches' gradients are dropped and each update uses a single batch's."""
    if run.seen is not None:
        return _in_script(run)
    if not run.update_count or run.batches_per_epoch < 2 or not _rare(run) or not _single(run):  # noqa: PLR2004 - two batches
        return None
    return Match(
        title=f"the optimizer gets only {run.update_count} of {run.gradient_call_count} gradients",
        evidence=(
            Evidence(f"updates for {run.steps} batches", run.update_count, run.steps),
            Evidence("gradients computed and not used", run.dropped_gradients, 0),
        ),
        spans=_spans(run),
    )


def measure(run: Run) -> float:
    """Return how many updates the busiest optimizer counted."""
    return float(max((optimizer.iterations or 0 for optimizer in run.optimizers), default=0))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether nearly every step now ends in an update."""
    return measure(baseline) < MOST * baseline.steps and measure(repaired) >= MOST * repaired.steps > 0


def _in_script(run: Run) -> Match | None:
    """Match when a script updates once a turn of its outer loop, though it works on several batches in each."""
    epochs, updates = len(run.epochs), run.update_count
    if epochs < 2 or run.seen is None or run.seen.fits or not 0 < updates <= epochs:  # noqa: PLR2004 - it has to come again
        return None
    looked = [pair for update in run.updates for pair in update.pairs if pair.present]
    summed = bool(looked) and any(pair.gradient_of != pair.variable for pair in looked)
    direct = number(run, "handed") == number(run, "handed_directly") > 0 and not summed
    if direct and run.steps >= FEW * updates:
        return _match_script(run, run.steps, updates)
    vain, asked = number(run, "tapes_in_vain"), number(run, "tapes_asked")
    if direct and asked == updates and vain >= (FEW - 1) * asked:
        return _match_script(run, int(vain + asked), updates)
    return None


def _match_script(run: Run, batches: int, updates: int) -> Match:
    evidence = (
        Evidence(f"updates for {batches} batches", updates, batches),
        Evidence("batches that were worked on and not learned from", batches - updates, 0),
    )
    return Match(f"only {updates} of {batches} batches reach the optimizer", evidence, _spans(run))


def _rare(run: Run) -> bool:
    """Tell whether there are at most as many updates as epochs, though every batch got its gradient."""
    epochs = max(len(run.epochs), 1)
    most = run.gradient_call_count - run.update_count
    # One more gradient an epoch, beside those of the batches, is what is applied where batches are only measured.
    alike = run.gradient_call_count % max(run.steps, 1) == 0
    return alike and run.update_count <= epochs and run.dropped_gradients >= most > run.update_count


def _single(run: Run) -> bool:
    """Tell whether what is applied is the tape's own answer, not a sum over batches."""
    pairs = [pair for update in run.updates for pair in update.pairs if pair.present]
    return bool(pairs) and all(pair.gradient_of == pair.variable for pair in pairs)


def _spans(run: Run) -> tuple[Span, ...]:
    source = run.source
    late = next((update for update in run.updates if update.line), None)
    asked = next((call.line for call in run.gradient_calls if call.line), None)
    if late is None or late.line is None:
        return ()
    applied = call_span(source, late.line, late.method, "reached after the last batch only")
    computed = call_span(source, asked, "gradient", "computed for every batch", primary=False) if asked else None
    return tuple(span for span in (applied, computed) if span is not None)
