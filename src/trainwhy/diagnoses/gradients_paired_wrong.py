"""Gradients meet variables they do not belong to.

What happens
    The list of gradients and the list of variables are in different orders, or the two stand the wrong way round in
    `zip`. Where the shapes are equal nothing fails: a variable is moved by the gradient of another.

Why it hurts
    Each variable walks in a direction that has nothing to do with it. The loss wanders or grows, and no message says
    why.

How it shows
    The tensor that comes with a variable is the one the tape gave for another variable.

Fix
    Take one list, `model.trainable_variables`, for the gradient and for the pairs.

Known limits
    A tensor that was recomputed on the way (clipped, scaled) no longer says whose it is. Then only the direction of the
    first change can tell, and only between variables of one shape. Gradients of a copy that are given to the
    original are fine.

References
    keras.io/api/optimizers, `apply_gradients`.
"""

from __future__ import annotations

import math
from dataclasses import replace

from trainwhy.narrative import trend
from trainwhy.results import Diagnosis, Evidence, Match, Pair, Run, Span, Update, Variable
from trainwhy.sources import call_span

DIAGNOSIS = Diagnosis(
    code="TW111",
    name="gradients-paired-wrong",
    level="error",
    why="an update is downhill only for the variable whose gradient it is; for another of the same shape it is noise",
    help="use one list, `model.trainable_variables`, for the gradient and for the pairs, as (gradient, variable)",
    intervention="pair_by_identity",
    intervention_words="each gradient given to its own variable",
    explains=("TW113",),
    practice="twins",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    first, second, third, last = (layer.trainable_variables for layer in model.layers)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, first + third + second + last)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
"""

MEASURE = "smallest cosine of a first change with downhill"

STRANGE = 0.5  # cosine of a first change with its own downhill: own gradients give 1, Adam's signs about 0.8
OWN = 0.9
TWO = 2  # fewer cannot be crossed


def match(run: Run) -> Match | None:
    """Match when a tensor in a pair is known to be the gradient of another variable."""
    for update in run.updates:
        swapped = [pair for pair in update.pairs if pair.variable_kind == "tensor" and pair.present]
        if swapped and len(swapped) == len(update.pairs):
            return _match_swapped(run, update)
    for update in run.updates:
        crossed = [pair for pair in update.pairs if _is_crossed(run, pair)]
        if crossed:
            return _match_crossed(run, update, crossed)
    return _match_in_script(run) if run.loop == "script" else _match_by_direction(run)


def measure(run: Run) -> float:
    """Return how well the variable that followed worst followed its own gradient; NaN when no step was made."""
    if run.loop == "script":
        own = [v.first_cosine for v in run.variables if v.trainable and v.first_cosine is not None]
        return min(own, default=math.nan)
    cosines = [v.update_cosine for v in run.variables if v.trainable and v.update_cosine is not None]
    return min(cosines, default=math.nan)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether every variable now follows its own gradient, which it did not before."""
    return measure(repaired) > STRANGE and not measure(baseline) > STRANGE


def _is_crossed(run: Run, pair: Pair) -> bool:
    if pair.variable_kind != "variable" or pair.gradient_of == pair.variable:
        return False
    if pair.gradient_of not in {v.name for v in run.variables}:
        return False  # recomputed, or of another model: a copy's gradient is applied to the original on purpose
    # Two variables may share one gradient tensor (a sum of two terms); the first change then follows both.
    own = next((v.first_cosine for v in run.variables if v.name == pair.variable), None)
    return own is None or own < OWN


def _match_in_script(run: Run) -> Match | None:
    """Match updates by hand: the first change of two variables is the step that the other's gradient asks for."""
    facts = run.seen.facts if run.seen is not None else {}
    leaders = {name.removeprefix("follows:"): other for name, other in facts.items() if name.startswith("follows:")}
    # A variable that follows its own gradient, or goes straight against it, follows nobody else's: of two single
    # numbers each always follows the other.
    own_way = {v.name for v in run.variables if v.first_cosine is not None and abs(v.first_cosine) > OWN}
    crossed = [name for name, other in leaders.items() if str(other) in leaders and name not in own_way]
    if not crossed or any(pair.gradient_of is not None for update in run.updates for pair in update.pairs):
        return None
    name = crossed[0]
    own = next((v.first_cosine for v in run.variables if v.name == name), None)
    found = [Evidence(f"variables of {len(run.variables)} that followed another's gradient", len(crossed), 0)]
    if own is not None:
        found.append(Evidence(f"cosine of `{name}`'s first change with its own downhill", own, 1))
    return Match(
        title=f"{len(crossed)} variables of equal shape follow each other's gradients",
        evidence=tuple(found),
        spans=_spans(run, None, ""),
    )


def _match_swapped(run: Run, update: Update) -> Match:
    evidence = Evidence("pairs in the order (variable, gradient)", len(update.pairs), 0)
    return Match(
        title="the pairs are (variable, gradient), not (gradient, variable)",
        evidence=(evidence,),
        spans=_spans(run, update, "variables stand where gradients belong"),
    )


def _match_crossed(run: Run, update: Update, crossed: list[Pair]) -> Match:
    pair = crossed[0]
    found = [Evidence(f"of {len(update.pairs)} gradients, given to another variable than their own", len(crossed), 0)]
    cosine = next((v.first_cosine for v in run.variables if v.name == pair.variable), None)
    if cosine is not None:
        found.append(Evidence(f"cosine of `{pair.variable}`'s first change with its own downhill", cosine, 1))
    return Match(
        title=f"gradients of other variables reach {len(crossed)} of {len(update.pairs)} variables",
        evidence=tuple(found),
        spans=_spans(run, update, "gradients and variables in different orders"),
    )


def _match_by_direction(run: Run) -> Match | None:
    """Match recomputed tensors, or updates by hand: some variables follow their gradients, twins do not."""
    if any(pair.gradient_of is not None for update in run.updates for pair in update.pairs):
        return None
    steps = {v: c for v in run.variables if v.trainable and v.moved and (c := _followed(v)) is not None}
    astray = [v for v, cosine in steps.items() if abs(cosine) < STRANGE]
    twins = [v for v in astray if any(v.shape == w.shape for w in astray if w is not v)]
    if len(twins) < TWO or max(steps.values()) < OWN or trend(run.start_loss, run.epochs) == "falls":
        return None
    return _match_astray(run, {v: steps[v] for v in twins})


def _followed(variable: Variable) -> float | None:
    """Cosine of the first change with the variable's own downhill, where the learner's gradient is the task's."""
    if variable.first_cosine is None:  # inside a traced function
        return variable.update_cosine
    return variable.first_cosine if (variable.reference_cosine or 0.0) > OWN else None


def _match_astray(run: Run, twins: dict[Variable, float]) -> Match:
    evidence = tuple(
        Evidence(f"cosine of `{v.name}`'s first change with its own downhill", cosine, 1)
        for v, cosine in list(twins.items())[:2]
    )
    update = run.updates[0] if run.updates else None
    return Match(
        title=f"{len(twins)} variables of equal shape do not follow their own gradients",
        evidence=evidence,
        spans=_spans(run, update, "gradients and variables in different orders"),
    )


def _spans(run: Run, update: Update | None, label: str) -> tuple[Span, ...]:
    asked = next((call.line for call in run.gradient_calls if call.line), None)
    order = call_span(run.source, asked, "gradient", "asked for in this order", primary=False) if asked else None
    if update is None or update.line is None:
        return () if order is None else (replace(order, primary=True),)
    found = call_span(run.source, update.line, update.method, label)
    return tuple(span for span in (found, order) if span is not None)
