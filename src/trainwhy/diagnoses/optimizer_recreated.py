"""A new optimizer is made again and again.

What happens
    The optimizer is constructed inside the step or the epoch loop. Each one does a few updates and is forgotten.

Why it hurts
    Momentum, Adam's averages and learning rate schedules live in the optimizer. A fresh one has none of them, so Adam
    takes its careful first step for ever and a schedule stays at its beginning.

How it shows
    Several optimizers come from one line, and `optimizer.iterations` stays far below the number of updates. Inside
    `tf.function` TensorFlow refuses to make the variables a second time.

Fix
    Make the optimizer once, before the loop, and hand it to the step.

Known limits
    The loss alone proves little here: plain SGD remembers nothing and trains as well as before. So the proof compares
    `optimizer.iterations`. Two optimizers that take turns, and a new one for a new phase of several epochs, are fine.
    So are several for an epoch each, all with different rates: a search for a rate, or rates in turn.

References
    keras.io/api/optimizers; www.tensorflow.org/guide/function, section "Creating tf.Variables".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from trainwhy.results import Diagnosis, Evidence, Match, Optimizer, Run, Span
from trainwhy.seen import OptimizerSeen
from trainwhy.sources import call_span, line_span

if TYPE_CHECKING:
    from collections.abc import Sequence

DIAGNOSIS = Diagnosis(
    code="TW114",
    name="optimizer-recreated",
    level="error",
    why="momentum, Adam's averages and schedules live in the optimizer; a new one starts with none of them",
    help="make the optimizer once, before the loop, and use that one in every step",
    intervention="keep_the_first_optimizer",
    intervention_words="the first optimizer kept",
)

BROKEN = """\
import keras
import tensorflow as tf


def train(model, optimizer, data):
    for epoch in range(5):
        for x, y in data:
            optimizer = keras.optimizers.Adam(0.01)
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = """\
import keras
import tensorflow as tf


def train(model, optimizer, data):
    optimizer = keras.optimizers.Adam(0.01)
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, model.trainable_variables)
            optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

MEASURE = "`optimizer.iterations`"
AGAIN = 2  # optimizers from one line that are too many


def match(run: Run) -> Match | None:
    """Match when one line made several optimizers, none of which lasted longer than an epoch."""
    if run.loop == "script":
        return _match_script(run)
    traced = _traced(run)
    if traced is not None:
        evidence = Evidence("optimizers made inside the traced step", 1, 0)
        return Match(f"`{traced.kind}` is made inside the traced step", (evidence,), _spans(run, traced))
    remade = _remade(run)
    if not _short_lived(run, remade):
        return None
    return Match(_title(remade), _evidence(run, remade), _spans(run, remade[0]))


def _match_script(run: Run) -> Match | None:
    """Match optimizers that one line of a script made again and again for the same weights."""
    seen = run.seen.optimizers if run.seen is not None else ()
    traced = [o for o in seen if o.in_graph and not o.by_keras]
    if traced and run.error is not None and run.error.type == "ValueError":
        evidence = Evidence("optimizers made inside the traced step", len(traced), 0)
        return Match(f"`{traced[0].kind}` is made inside the traced step", (evidence,), _span_of(run, traced[0]))
    groups: dict[tuple[int | None, str, tuple[str, ...]], list[OptimizerSeen]] = {}
    for one in seen:
        if one.updates and one.line is not None and not one.by_keras:
            groups.setdefault((one.line, one.kind, one.variables), []).append(one)
    remade = max(groups.values(), key=len, default=[])
    if len(remade) < AGAIN or not _one_after_another(remade) or _meant(remade):
        return None
    longest = max(o.updates for o in remade)
    return Match(
        title=f"a new `{remade[0].kind}` is made {'at every step' if longest == 1 else f'every {longest} steps'}",
        evidence=(
            Evidence(f"optimizers made on line {remade[0].line}, for the same weights", len(remade), 1),
            Evidence("updates of the one that lasted longest", longest, sum(o.updates for o in remade)),
        ),
        spans=_span_of(run, remade[0]),
    )


def _one_after_another(remade: Sequence[OptimizerSeen]) -> bool:
    """None lasted longer than an epoch, and each was done when the next began."""
    return all(a.first_epoch == a.last_epoch and (a.last_step or 0) < (b.first_step or 0) for a, b in pairwise(remade))


def _meant(remade: Sequence[OptimizerSeen]) -> bool:
    """Tell searches: each with another rate for several steps, or from the same weights again."""
    rates = {o.learning_rate for o in remade}
    starts = [o.start for o in remade if o.start is not None]
    again = len(set(starts)) < len(starts)
    return again or (min(o.updates for o in remade[:-1]) > 1 and len(rates) == len(remade))


def _span_of(run: Run, one: OptimizerSeen) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    label = "made again whenever this line runs"
    found = call_span(run.source, one.line, one.kind, label) or line_span(run.source, one.line, label)
    return () if found is None else (found,)


def measure(run: Run) -> float:
    """Return how many updates the oldest optimizer counted."""
    return float(max((o.iterations or 0 for o in run.optimizers), default=0))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether one optimizer now counts what many counted before."""
    return measure(repaired) > measure(baseline) and measure(repaired) >= 0.9 * repaired.steps


def _traced(run: Run) -> Optimizer | None:
    """Return the optimizer that a traced step made. TensorFlow traces again, and refuses to make it a second time."""
    if run.error is None or run.error.type != "ValueError" or not run.updates:
        return None
    last = run.updates[-1]
    made = [o for o in run.optimizers if o.name == last.optimizer and not o.given and o.created_step == last.step]
    return made[0] if made and last.in_graph and last.step == run.steps and not last.error else None


def _remade(run: Run) -> list[Optimizer]:
    """Return the largest group of the learner's optimizers that came from one line, for the same variables."""
    groups: dict[tuple[int, str, tuple[int, ...]], list[Optimizer]] = {}
    for one in run.optimizers:
        if not one.given and one.created_line is not None:
            groups.setdefault((one.created_line, one.kind, one.variables), []).append(one)
    return max(groups.values(), key=len, default=[])


def _short_lived(run: Run, remade: Sequence[Optimizer]) -> bool:
    used = [o for o in remade if o.updates]
    steps = {o.created_step for o in used}
    longest = max((o.updates for o in used), default=0)
    if len(steps) < AGAIN or _on_purpose(used):
        return False
    return 0 < longest <= max(run.batches_per_epoch, 1) and longest < run.update_count


def _on_purpose(used: Sequence[Optimizer]) -> bool:
    """Tell optimizers that stand for several steps each and all have another rate: a search, or rates in turn."""
    return min(o.updates for o in used) > 1 and len({o.learning_rate for o in used}) == len(used)


def _title(remade: Sequence[Optimizer]) -> str:
    steps = sorted(o.created_step or 0 for o in remade)
    gap = min(later - earlier for earlier, later in pairwise(steps))
    return f"a new `{remade[0].kind}` is made {'at every step' if gap <= 1 else f'every {gap} steps'}"


def _evidence(run: Run, remade: Sequence[Optimizer]) -> tuple[Evidence, ...]:
    iterations = max((o.iterations or 0 for o in remade), default=0)
    return (
        Evidence(f"largest `optimizer.iterations` after {run.update_count} updates", iterations, run.update_count),
        Evidence(f"optimizers made on line {remade[0].created_line}, at least", len(remade), 1),
    )


def _spans(run: Run, made: Optimizer) -> tuple[Span, ...]:
    if made.created_line is None:
        return ()
    label = "made again whenever this line runs"
    found = call_span(run.source, made.created_line, made.kind, label) or line_span(
        run.source, made.created_line, label
    )
    return () if found is None else (found,)
