"""The model is compiled again and again while its training goes on.

What happens
    `model.compile(...)` stands inside the loop that calls `fit` or `train_on_batch`. Each call makes a new optimizer;
    the weights stay.

Why it hurts
    Momentum, Adam's averages and schedules live in the optimizer and start anew every time, and the training step is
    traced again.

How it shows
    `optimizer.iterations` falls back to 0 between two trainings of the same weights.

Fix
    Call `compile` once, before the loop.

Known limits
    A fresh model, or weights that are put back, for every fold, and a `compile` with other settings or other frozen
    layers for a new phase, are fine.

References
    keras.io/api/models/model_training_apis, `compile`.
"""

from __future__ import annotations

from collections import defaultdict

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import CompileSeen
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW418",
    name="recompiled-in-loop",
    level="error",
    why="`compile` makes a new optimizer; momentum, Adam's averages and schedules start anew while the weights go on",
    help="call `compile` once, before the loop",
    intervention="compile_once",
    intervention_words="the first `compile` kept",
    explains=("TW114", "TW402", "TW416", "TW129"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)])
for epoch in range(4):
    model.compile(keras.optimizers.Adam(0.01), "mse")
    model.fit(x, y, epochs=1, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("for epoch in range(4):\n    model.compile", "model.compile").replace(
    '"mse")\n    model.fit', '"mse")\nfor epoch in range(4):\n    model.fit'
)

MEASURE = "`optimizer.iterations` at the end"
AGAIN = 2  # compiles between trainings that are too many


def match(run: Run) -> Match | None:
    """Match when the same model was compiled several times, in one place and alike, between trainings."""
    again = _again(run)
    if len(again) < AGAIN:
        return None
    reached = max(one.iterations_before or 0 for one in again)
    evidence = (
        Evidence("`optimizer.iterations` after each of these compiles", again[0].iterations or 0, reached),
        Evidence("compiles while the training goes on", len(again), 0),
    )
    return Match(f"the model is compiled again {len(again)} times while it trains on", evidence, _spans(run, again[0]))


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen as many compiles as are too many."""
    again = _again(run)
    return again[AGAIN - 1].step + 1 if len(again) >= AGAIN else None


def measure(run: Run) -> float:
    """Return how many updates the last optimizer counted."""
    return float(max((fit.iterations_after or 0 for fit in run.seen.fits), default=0)) if run.seen else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether one optimizer counts now what several counted before."""
    return not _again(repaired) and measure(repaired) > measure(baseline) and repaired.steps >= baseline.steps


def _again(run: Run) -> list[CompileSeen]:
    groups: dict[tuple[object, ...], list[CompileSeen]] = defaultdict(list)
    for one in run.seen.compiles if run.seen else ():
        if one.again and one.iterations == 0 and (one.iterations_before or 0) > 0:
            groups[one.model, one.line, one.loop_line, one.settings, one.loss, one.trainable].append(one)
    return max(groups.values(), key=len, default=[])


def _spans(run: Run, one: CompileSeen) -> tuple[Span, ...]:
    line = one.loop_line or one.line
    if line is None:
        return ()
    label = "a new optimizer at every turn of the loop"
    found = [call_span(run.source, line, "compile", label) or line_span(run.source, line, label)]
    if one.line and one.line != line:
        found.append(call_span(run.source, one.line, "compile", "compiles the model again", primary=False))
    return tuple(span for span in found if span is not None)
