"""The loss is summed over the batch instead of averaged.

What happens
    The loss keeps one number per row, or adds them up. The tape differentiates the sum, so the gradient is as many
    times too large as the batch has rows.

Why it hurts
    The size of a step depends on the batch size. A learning rate that works with 8 rows makes the weights explode
    with 128.

How it shows
    The gradient has the direction of the task's own gradient and a length of about `batch size` times it.

Fix
    Average over the rows: `tf.reduce_mean(...)`, or divide the sum by the batch size.

Known limits
    A loss weighted on purpose (twice, ten times) is not this. A sum whose gradients are divided or clipped before the
    update is right too: where other tensors than the tape's are applied, only a loss that does not fall counts. Nor
    is a sum whose first step is as short as the mean's would be: with a rate that is smaller, or with Adam.

References
    tf.GradientTape.gradient: a target with several elements is summed. keras.losses.Reduction.
"""

from __future__ import annotations

import math

from trainwhy import unreduced
from trainwhy.narrative import trend
from trainwhy.results import Diagnosis, Evidence, GradientCheck, Match, Run, Span
from trainwhy.sources import assigned_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW117",
    name="loss-not-averaged",
    level="error",
    why="a tape differentiates the sum of what it is given, so the step grows with the number of rows in the batch",
    help="average the loss over the batch with `tf.reduce_mean` before the gradient is taken",
    intervention="average_over_the_batch",
    intervention_words="the loss averaged over the batch",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

MEASURE = "length of the gradient, over the mean loss's where that is known"

FEWEST_ROWS = 4  # below, a factor of the batch size could be a weight chosen on purpose
NEAR = 0.1  # how far from the batch size the factor may be, as a share; dropout masks make it differ a little
SAME_DIRECTION = 0.9
LONG = 0.5  # share of the gradient's factor that has to be left in the length of the first step


def match(run: Run) -> Match | None:
    """Match when the gradient is the task's own, batch size times over, and is applied like that."""
    if run.loop == "script":
        return unreduced.match(run)
    check = run.check
    if check is None or not run.built_at_start or check.batch_size < FEWEST_ROWS:
        return None  # a model built in the first step was never seen at the weights it began with
    if not _is_multiple(run, check) or _made_up_for(check):
        return None
    if not _applied_as_is(run) and trend(run.start_loss, run.epochs) == "falls":
        return None
    return Match(title=_title(run), evidence=_evidence(run, check), spans=_spans(run))


def measure(run: Run) -> float:
    """Return the learner's first gradient's length, in an exercise in units of the task's."""
    if run.loop == "script":
        return unreduced.length(run)
    return math.nan if run.check is None else run.check.norm_ratio


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the gradient has the task's own scale again; in a script, whether the first step is a mean's."""
    if repaired.loop == "script":
        return measure(repaired) > 0 and measure(baseline) > FEWEST_ROWS / 2 * measure(repaired)
    return abs(measure(repaired) - 1.0) < NEAR < abs(measure(baseline) - 1.0)


def _is_multiple(run: Run, check: GradientCheck) -> bool:
    if abs(check.norm_ratio / check.batch_size - 1.0) > NEAR:
        return False
    if not math.isnan(check.cosine):
        return check.cosine > SAME_DIRECTION
    # Inside a traced function the gradient itself has no value; the weights' first change shows its direction.
    cosines = [v.update_cosine for v in run.variables if v.update_cosine is not None]
    return bool(cosines) and min(cosines) > SAME_DIRECTION


def _made_up_for(check: GradientCheck) -> bool:
    """Tell a sum whose step is no longer for it: a smaller rate, an optimizer such as Adam that scales by itself."""
    return check.step_ratio is not None and check.step_ratio < LONG * check.norm_ratio


def _applied_as_is(run: Run) -> bool:
    pairs = [pair for update in run.updates for pair in update.pairs if pair.present]
    return bool(pairs) and all(pair.gradient_of == pair.variable for pair in pairs)


def _per_row(run: Run) -> bool:
    return bool(run.gradient_calls) and len(run.gradient_calls[0].target_shape) > 0


def _title(run: Run) -> str:
    if _per_row(run):
        return "the loss is one number per row, so the gradient is that of their sum"
    return "the loss is a sum over the batch, so the step grows with the batch size"


def _evidence(run: Run, check: GradientCheck) -> tuple[Evidence, ...]:
    name = f"length of the gradient over that of the mean loss, for {check.batch_size} rows"
    found = [Evidence(name, check.norm_ratio, 1)]
    if _per_row(run):
        found.append(Evidence("shape of the loss", str(run.gradient_calls[0].target_shape), "()"))
    if check.reported is not None:
        found.append(Evidence("first loss the step returned", check.reported, check.loss))
    return tuple(found)


def _spans(run: Run) -> tuple[Span, ...]:
    targets = {call.target for call in run.gradient_calls}
    line = next((op.line for op in run.ops if op.line and targets.intersection(op.outputs)), None)
    if line is None or run.check is None:
        return ()
    shape = run.gradient_calls[0].target_shape
    label = f"shape {shape}, added up" if shape else f"a sum over {run.check.batch_size} rows"
    found = assigned_span(run.source, line, label) or line_span(run.source, line, label)
    return () if found is None else (found,)
