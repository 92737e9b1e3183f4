"""The data holds NaN or infinity.

What happens
    Some rows of the inputs or targets hold NaN or infinity: an empty cell, a division by zero, the logarithm of
    zero.

Why it hurts
    One such number makes the loss and every gradient of its batch NaN, and one step makes every weight NaN. Some
    kernels hide it: the loss looks finite while the weights are lost.

How it shows
    Rows with numbers that are not finite are among those that were fed.

Fix
    Drop these rows or fill the gaps before training, where the numbers come from.

Known limits
    A `Masking` layer or a loss that leaves NaN out on purpose keeps weights finite; then nothing is said.

References
    numpy.isfinite, numpy.nan_to_num.
"""

from __future__ import annotations

import math

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW304",
    name="nan-in-data",
    level="error",
    why="one NaN in a batch makes its loss and its gradient NaN, and one step then makes every weight NaN",
    help=(
        "drop the rows that are not finite, or fill them in, where they come about; keep zeros out of "
        "divisions and logarithms"
    ),
    intervention="finite_data",
    intervention_words="zeros in place of what is not finite",
    explains=("TW401", "TW414", "TW218"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = x[:, :1].copy()
x[3, 1] = 0.0
x = np.where(x == 0, np.nan, x)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = x[:, :1].copy()
x[3, 1] = 0.0
x = np.where(x == 0, 0.0, x)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

MEASURE = "weights that stay finite"


def match(run: Run) -> Match | None:
    """Match rows that are not finite, in a training that they spoiled."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        bad = feed.bad_rows or feed.bad_targets
        if not bad or not _spoiled(run):
            continue
        fault = fed.fault(run, "nan")
        name = "inputs" if feed.bad_rows else "targets"
        label = f"first made here: {fault.share:.2%} not finite" if fault is not None else f"{bad} rows are not finite"
        line = fault.line if fault is not None else fed.made(run, "x" if feed.bad_rows else "y") or feed.line
        spans = fed.places(fed.marked(run, line, label), fed.marked(run, feed.line, "fed to the model", primary=False))
        evidence = (Evidence(f"rows of the {name} with NaN or infinity, of {feed.rows}", bad, 0),)
        return Match(f"{bad} of {feed.rows} rows of the {name} hold NaN or infinity", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return how many trainable weights ended finite."""
    return float(sum(math.isfinite(one.change) for one in run.variables if one.trainable))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the weights stay finite now."""
    return not _spoiled(repaired) and _spoiled(baseline) and repaired.steps > 0


def _spoiled(run: Run) -> bool:
    last = fed.losses(run)[-1:]
    return any(not math.isfinite(one.change) for one in run.variables) or any(not math.isfinite(loss) for loss in last)
