"""The inputs are on scales the model cannot start from.

What happens
    The columns of the inputs are hundreds or thousands large, or differ from each other by as much. The first layer
    multiplies them by weights of about one.

Why it hurts
    The largest column decides every unit, and one step of the optimizer moves the outputs by far more than the
    targets are wide.

How it shows
    A column's deviation or mean is beyond 10, or a hundred times another's, and the loss ends no better than an
    answer that looks at no input.

Fix
    Bring every column to mean 0 and deviation 1 with the numbers of the training rows, or divide pixels by 255; a
    `Normalization` layer that was adapted does the same.

Known limits
    Large inputs are no fault where the model trains. A model that begins with a normalization layer scales by
    itself.

References
    LeCun et al., Efficient BackProp. keras.layers.Normalization.
"""

from __future__ import annotations

import math

from trainwhy import fed, learning
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW301",
    name="inputs-unscaled",
    level="error",
    why="a weight's gradient is as large as its input, so columns of hundreds make steps that throw the loss about",
    help=(
        "scale every input column to mean 0 and deviation 1 with the training rows' numbers, or put an "
        "adapted `Normalization` layer first"
    ),
    intervention="scale_inputs",
    intervention_words="every batch of inputs scaled to mean 0 and deviation 1",
    explains=("TW401", "TW413", "TW414"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(5000, 900, (200, 3)).astype("float32")
y = ((x[:, :1] - 5000) / 900).astype("float32")
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.01), "mse")
model.fit(x, y, epochs=4, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(5000, 900, (200, 3)).astype("float32")
y = ((x[:, :1] - 5000) / 900).astype("float32")
x = (x - x.mean(axis=0)) / x.std(axis=0)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.01), "mse")
model.fit(x, y, epochs=4, verbose=0)
"""

MEASURE = "loss at the end"

BETTER = 0.97  # share of the unchanged run's loss that is left at most
LARGE = 10.0  # deviation or mean of a column beyond which the first step may go wrong


def match(run: Run) -> Match | None:
    """Match inputs of large or very different scales, in a training that learns nothing of its targets."""
    if run.seen is None or _normalized(run):
        return None
    for feed in fed.feeds(run):
        if feed.spread is None or feed.bad_rows or feed.bad_targets or feed.x is None or not _floats(feed.x.dtype):
            continue
        low, high, mean = feed.spread
        if max(high, mean) <= LARGE or not fed.stuck(run, feed):
            continue
        line = fed.made(run, "x")
        label = f"columns deviate by up to {high:.3g}"
        spans = fed.places(fed.marked(run, line, label), fed.marked(run, feed.line, "fed as they are", primary=False))
        return Match("the inputs are far larger than the model starts from", _evidence(run, low, high, mean), spans)
    return None


def measure(run: Run) -> float:
    """Return the loss of the last quarter."""
    last = fed.ended(run)
    return math.nan if last is None else last


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the loss falls now, and ends below what it was."""
    before, after = measure(baseline), measure(repaired)
    better = math.isfinite(after) and (not math.isfinite(before) or after < BETTER * before)
    return better and learning.learned(repaired) >= learning.LEARNED


def _floats(dtype: str) -> bool:
    # Whole numbers may be word numbers for an embedding, whose size means nothing.
    return "float" in dtype or "uint8" in dtype


def _normalized(run: Run) -> bool:
    models = run.seen.models if run.seen is not None else ()
    return any(
        "Normalization" in layer.kind or layer.kind == "Rescaling" for model in models for layer in model.layers[:2]
    )


def _evidence(run: Run, low: float, high: float, mean: float) -> tuple[Evidence, ...]:
    found = [
        Evidence("largest deviation of an input column", high, LARGE),
        Evidence("largest mean of a column", mean, LARGE),
    ]
    if low < high:
        found.append(Evidence("smallest deviation of a column", low))
    last = fed.ended(run)
    return (*found, Evidence("loss at the end", last)) if last is not None else tuple(found)
