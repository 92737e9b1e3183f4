"""The learning rate is set under a name that Keras 3 does not read.

What happens
    `optimizer.lr = x` makes a new attribute of that name. The optimizer goes on with the learning rate it was made
    with, and nothing warns.

Why it hurts
    A warmup, a decay or a search for a rate has no effect: every step is made with the first rate.

How it shows
    The value that was set and the rate of the next step differ. Reading `optimizer.lr` raises `AttributeError`.

Fix
    Set `optimizer.learning_rate = x`, or `optimizer.learning_rate.assign(x)`.

Known limits
    An attribute under which a script keeps a rate for itself, while it also sets `learning_rate`, is no fault.

References
    keras.io/api/optimizers, "Learning rate"; keras.io/guides/migrating_to_keras_3.
"""

from __future__ import annotations

import math

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import AttributeSeen
from trainwhy.sources import assigned_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW404",
    name="learning-rate-set-on-wrong-attribute",
    level="error",
    why="Keras 3 reads `learning_rate` only; another attribute of the optimizer can be set, and nothing looks at it",
    help="set `optimizer.learning_rate = ...` (or `.learning_rate.assign(...)`)",
    intervention="rate_by_its_name",
    intervention_words="`learning_rate` set instead",
    explains=("TW401", "TW402", "TW416", "TW420"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(160, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(1e-6), "mse")
model.optimizer.lr = 0.1
model.fit(x, y, epochs=4, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("optimizer.lr", "optimizer.learning_rate")

MEASURE = "rates that were set and not used"


def match(run: Run) -> Match | None:
    """Match when a rate was set on an optimizer and the next step was made with another."""
    if run.seen is None or not run.seen.attributes:
        return None
    seen = run.seen.attributes[0]
    if not seen.times:
        title = f"the attribute `{seen.name}` of `{seen.optimizer}` does not exist"
        return Match(title, (Evidence("`learning_rate`", seen.rate),), _spans(run, seen, "read here"))
    title = f"`{seen.name}` is set on `{seen.optimizer}`, and its learning rate stays"
    asked = "a schedule" if math.isnan(seen.value) else seen.value
    evidence = (
        Evidence("learning rate of the step after", seen.rate, asked),
        Evidence("times it was set without effect", sum(one.times for one in run.seen.attributes), 0),
    )
    return Match(title, evidence, _spans(run, seen, "makes an attribute that nothing reads"))


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen a rate that is set and not used."""
    return next((one.step + 2 for one in (run.seen.attributes if run.seen else ()) if one.times), None)


def measure(run: Run) -> float:
    """Count the rates that were set and not used."""
    return float(sum(one.times for one in run.seen.attributes)) if run.seen else math.nan


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether every rate that is set is used, in a training that got as far."""
    return measure(baseline) > 0 == measure(repaired) and repaired.steps >= baseline.steps


def _spans(run: Run, seen: AttributeSeen, label: str) -> tuple[Span, ...]:
    if seen.line is None:
        return ()
    found = assigned_span(run.source, seen.line, label) if seen.times else None
    found = found or line_span(run.source, seen.line, label)
    return () if found is None else (found,)
