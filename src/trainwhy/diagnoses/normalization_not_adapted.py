"""A `Normalization` layer was never adapted.

What happens
    `Normalization()` learns its mean and variance in `adapt`. Without it they stay 0 and 1, and the layer hands its
    inputs on as they are, or refuses to.

Why it hurts
    The layers behind it get the raw scales the layer was put there to remove.

How it shows
    The layer's mean is 0 and its variance 1 on every column, while its inputs are far from that.

Fix
    Call `layer.adapt(x_train)` before training, or give `mean` and `variance`.

Known limits
    Inputs that are scaled already need no `adapt`; then nothing is said.

References
    keras.layers.Normalization.adapt.
"""

from __future__ import annotations

import math

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW321",
    name="normalization-not-adapted",
    level="error",
    why="without `adapt` the layer subtracts 0 and divides by 1, so the raw scales reach the layers behind it",
    help="call `layer.adapt(...)` on the training inputs before the model is used, or pass `mean` and `variance`",
    intervention="adapt_on_batches",
    intervention_words="the layer's mean and variance taken from the data",
    explains=("TW301", "TW401", "TW402", "TW414"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(300, 60, (200, 3)).astype("float32")
y = (x[:, :1] - 300) / 60
norm = keras.layers.Normalization()
model = keras.Sequential([keras.Input((3,)), norm, keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(300, 60, (200, 3)).astype("float32")
y = (x[:, :1] - 300) / 60
norm = keras.layers.Normalization()
norm.adapt(x)
model = keras.Sequential([keras.Input((3,)), norm, keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

MEASURE = "loss at the end"

BETTER = 0.9  # share of the unchanged run's loss that is left at most

LARGE = 5.0  # mean or deviation of a column


def match(run: Run) -> Match | None:
    """Match a layer that hands raw scales on, or that refused to run because it knows none."""
    if run.seen is None:
        return None
    facts = {**(run.look.facts if run.look is not None else {}), **run.seen.facts}
    scale, line = facts.get("unadapted_scale"), facts.get("unadapted_line")
    refused = facts.get("unadapted_refused")
    if run.error is not None and isinstance(refused, int) and refused > 0:
        return _refused(run, refused)
    if not isinstance(scale, (int, float)) or scale <= LARGE:
        return None
    spans = fed.places(fed.marked(run, line if isinstance(line, int) else None, "mean 0, variance 1: never adapted"))
    evidence = (Evidence("largest mean or deviation of what the layer is given", float(scale), LARGE),)
    return Match("a `Normalization` layer was never adapted to its inputs", evidence, spans)


def _refused(run: Run, line: int) -> Match:
    """In a graph an unbuilt layer has no mean and no variance to work with, and raises."""
    spans = fed.places(fed.marked(run, line, "never adapted"))
    evidence = (Evidence("optimizer steps before the layer refused to run", run.steps, 1),)
    return Match("a `Normalization` layer was never adapted and refuses to run", evidence, spans)


def measure(run: Run) -> float:
    """Return the loss of the last quarter; NaN when no step was taken."""
    last = fed.ended(run)
    return math.nan if last is None else last


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether training runs now, and ends below what it was."""
    before, after = measure(baseline), measure(repaired)
    if baseline.error is not None:
        return repaired.error is None and repaired.steps > 0
    return math.isfinite(after) and (not math.isfinite(before) or after < BETTER * before)
