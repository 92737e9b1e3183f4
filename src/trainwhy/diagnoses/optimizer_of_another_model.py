"""An optimizer that was built for one model is given the variables of another.

What happens
    An optimizer makes its slots (momentum, averages) for the variables it meets first. Later it is handed those of
    another model, and none of them is known to it.

Why it hurts
    Keras refuses with an exception about an unknown variable, in the middle of the second model's first step.

How it shows
    The update raises, and all variables that it was given are strangers to an optimizer that has counted updates.

Fix
    A new optimizer for each model, or `optimizer.build(...)` with the variables of all models before the first step.

Known limits
    Where some of the variables are known, another layer was added or thawed after the first step; that is not this.

References
    keras.io/api/optimizers, `apply_gradients`; keras.io/guides/transfer_learning.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import OptimizerSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW116",
    name="optimizer-of-another-model",
    level="error",
    why="an optimizer keeps slots for the variables it was built with, and has none for those of another model",
    help="make a new optimizer for each model, or build one with the variables of all models before the first step",
    intervention="own_optimizer_each",
    intervention_words="an optimizer of its own for each model",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

x = np.random.default_rng(0).normal(size=(96, 4)).astype("float32")
optimizer = keras.optimizers.Adam(0.01)
for units in (4, 8):
    model = keras.Sequential([
        keras.Input((4,)),
        keras.layers.Dense(units, activation="relu"),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer=optimizer, loss="mse")
    model.fit(x, x[:, :1] - x[:, 1:2], epochs=2, verbose=0)
"""

FIXED = BROKEN.replace("optimizer=optimizer", "optimizer=keras.optimizers.Adam(0.01)").replace(
    "optimizer = keras.optimizers.Adam(0.01)\n", "", 1
)


MEASURE = "steps that were made"


def match(run: Run) -> Match | None:
    """Match an update that raised over variables of which the optimizer knows none."""
    for one in run.seen.optimizers if run.seen is not None and run.error is not None else ():
        if one.error and one.given and one.strangers == one.given:
            return Match(title=_title(one), evidence=_evidence(one), spans=_spans(run, one))
    return None


def measure(run: Run) -> float:
    """Count the steps that were made."""
    return float(run.steps)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script gets past the update that it broke on."""
    return baseline.error is not None and repaired.error is None and repaired.steps > baseline.steps


def _title(one: OptimizerSeen) -> str:
    return f"`{one.kind}` was built for one model and is given the variables of another"


def _evidence(one: OptimizerSeen) -> tuple[Evidence, ...]:
    return (
        Evidence(f"of {one.given} variables, unknown to the optimizer", one.strangers, 0),
        Evidence("exception the update raised", one.error),
    )


def _spans(run: Run, one: OptimizerSeen) -> tuple[Span, ...]:
    """Mark where the ways to the first update and to this one part; on the same way, where the model was compiled."""
    pairs = zip(one.apply_lines, one.error_lines, strict=False)
    first = next(((a, b) for a, b in pairs if a != b), None)
    compiled = [c.line for c in (run.seen.compiles if run.seen else ()) if c.line]
    again = compiled[-1] if len(compiled) > 1 and run.seen is not None and run.seen.fits else None
    line = again or (first[1] if first else None) or (one.error_lines[-1] if one.error_lines else None)
    here = line_span(run.source, line, "variables of another model come here") if line else None
    there = (
        line_span(run.source, one.line, "made once, for the first model", primary=False)
        if one.line not in (None, line)
        else None
    )
    return tuple(span for span in (here, there) if span is not None)
