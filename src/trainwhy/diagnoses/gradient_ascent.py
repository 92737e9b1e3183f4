"""The weights are moved along the gradient, uphill.

What happens
    A gradient points to where the loss grows. A sign is turned round, in the update (`assign_add`, `-gradient`) or
    in the loss (`-mse`), so every step goes up instead of down.

Why it hurts
    The real error grows from the first step on. With a negated loss the printed number falls all the while, which
    looks like success.

How it shows
    The first change of every variable points away from downhill (cosine below zero), and the loss that is measured
    beside the training rises.

Fix
    Subtract the gradient, or minimise the error itself: the optimizer subtracts already, so give it the gradient of a
    loss that is small when the model is good.

Known limits
    A loss that is negative by its nature (a log-likelihood) is fine and stays silent: what counts is the direction
    against the task's own loss. One adversary out of two may climb; as long as the task's loss falls, nothing is said.
    In a script there is no task: what counts is which way the loss pushes predictions where they meet targets, or the
    logarithm of a probability where it meets a reward. Where the two do not meet in plain sight, nothing is said.

References
    Goodfellow, Bengio and Courville, Deep Learning, section 4.3.
"""

from __future__ import annotations

import math
from itertools import pairwise

from trainwhy import learning, uphill
from trainwhy.narrative import trend
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span, Variable
from trainwhy.sources import assigned_span, call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW113",
    name="gradient-ascent",
    level="error",
    why="a gradient points to where the loss grows; moving the weights along it makes the model worse at every step",
    help="move against the gradient: minimise the error itself, and give the optimizer the gradient without a minus",
    intervention="reverse_the_step",
    intervention_words="the direction of every step reversed",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(tf.square(y - model(x, training=True)))
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

CLEAR = -0.5  # mean cosine with downhill: Adam's signs reach about -0.8, crossed pairs scatter around 0


def match(run: Run) -> Match | None:
    """Match when the first step went uphill on every variable and the task's loss did not fall."""
    if run.loop == "script":
        return uphill.match(run) if run.look is not None and not run.inputs_changed else None
    if run.inputs_changed:  # the task's own gradient would be that of other data
        return None
    moved = [v for v in run.variables if v.trainable and v.moved]
    cosines = [c for c in map(_downhill, moved) if c is not None]
    if not cosines or max(cosines) >= 0 or sum(cosines) / len(cosines) > CLEAR or _crossed(run):
        return None
    if trend(run.start_loss, run.epochs) == "falls" or (_negated(moved) and not _ever_higher(run)):
        return None
    return Match(title=_title(run), evidence=_evidence(run, max(cosines)), spans=_spans(run, moved))


def recovered(baseline: Run, repaired: Run) -> bool | None:
    """Tell whether a script's loss goes the other way now: one of the wrong sign rises then, another one falls."""
    if repaired.loop != "script":
        return None
    side = -1 if uphill.is_turned_loss(baseline) else 1
    before, after = (side * learning.learned(run) for run in (baseline, repaired))
    return before < after and after >= learning.LEARNED and before < learning.LEARNED


def _downhill(variable: Variable) -> float | None:
    """Cosine of the first change with the task's downhill direction, or with the learner's own where that is all."""
    return variable.first_cosine if variable.update_cosine is None else variable.update_cosine


def _crossed(run: Run) -> bool:
    pairs = [pair for update in run.updates for pair in update.pairs]
    return any(pair.gradient_of not in (None, pair.variable) for pair in pairs)


def _negated(moved: list[Variable]) -> bool:
    """Tell a flipped loss from a flipped update: here the update follows the gradient, which is the wrong one."""
    followed = [v for v in moved if v.first_cosine is not None]
    return bool(followed) and all((v.first_cosine or 0.0) > 0 > (v.reference_cosine or 0.0) for v in followed)


def _ever_higher(run: Run) -> bool:
    """Tell a loss that is climbed from one that is another: a part added to it may point the other way for a while."""
    losses = [run.start_loss or 0.0, *(epoch.loss for epoch in run.epochs)]
    return all(not later < earlier for earlier, later in pairwise(losses))  # no number is not lower either


def _reported(run: Run) -> list[float]:
    return [e.reported for e in run.epochs if e.reported is not None and math.isfinite(e.reported)]


def _title(run: Run) -> str:
    reported = _reported(run)
    if len(reported) > 1 and reported[-1] < reported[0]:
        return "the reported loss falls while the real one rises"
    return "the weights are moved along the gradient, not against it"


def _evidence(run: Run, cosine: float) -> tuple[Evidence, ...]:
    found = [Evidence("cosine of the first step with downhill, at its largest", cosine, 0)]
    if run.epochs and run.start_loss is not None:
        found.append(Evidence(f"the task's loss after epoch {len(run.epochs)}", run.epochs[-1].loss, run.start_loss))
    reported = _reported(run)
    if len(reported) > 1 and reported[-1] < reported[0]:
        found.append(Evidence("loss the file reports at first", reported[0]))
        found.append(Evidence("loss the file reports at last", reported[-1]))
    return tuple(found)


def _spans(run: Run, moved: list[Variable]) -> tuple[Span, ...]:
    found = _turned(run) or (_loss(run) if _negated(moved) else None) or _step(run)
    return () if found is None else (found,)


def _turned(run: Run) -> Span | None:
    """Mark where a sign is turned round: of the loss, or of a gradient."""
    targets = {call.target for call in run.gradient_calls}
    gradients = {g.tensor for call in run.gradient_calls for g in call.gradients if g.tensor}
    for op in run.ops:
        flipped = targets.intersection(op.outputs) or gradients.intersection(op.inputs)
        if op.type == "Neg" and op.line and flipped:
            what = "loss" if targets.intersection(op.outputs) else "gradient"
            return assigned_span(run.source, op.line, f"the sign of the {what} is turned round")
    return None


def _loss(run: Run) -> Span | None:
    targets = {call.target for call in run.gradient_calls}
    line = next((op.line for op in run.ops if op.line and targets.intersection(op.outputs)), None)
    return assigned_span(run.source, line, "grows while the error falls") if line else None


def _step(run: Run) -> Span | None:
    label = "this step goes uphill"
    for update in run.updates:
        if update.line:
            return call_span(run.source, update.line, update.method, label) or line_span(run.source, update.line, label)
    names = {variable.name for variable in run.variables}
    line = next((op.line for op in run.ops if op.line and op.type.startswith("Assign") and op.variable in names), None)
    return line_span(run.source, line, label) if line else None
