"""The targets are far larger than what the model says.

What happens
    The targets are thousands or millions large, or lie that far from 0. The outputs begin near 0, and every step
    moves them by about the learning rate.

Why it hurts
    The loss is the square of that distance. It is huge, and its fall is too slow to see; a plain gradient step of
    that size breaks the weights.

How it shows
    The targets' mean or deviation is beyond 50, and the loss ends where it began, or is not a number.

Fix
    Train on `(y - mean) / deviation` with the numbers of the training rows and undo it for predictions, or learn
    the logarithm.

Known limits
    Large targets are no fault where the loss falls.

References
    Goodfellow, Bengio, Courville: Deep Learning, 8.
"""

from __future__ import annotations

import math

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW303",
    name="targets-unscaled",
    level="error",
    why=(
        "the outputs start near 0 and move by about the learning rate a step, so targets of thousands stay out of reach"
    ),
    help=(
        "train on scaled targets, `(y - mean) / deviation` of the training rows, and undo the scaling for predictions"
    ),
    intervention="scale_targets",
    intervention_words="the targets scaled to mean 0 and deviation 1",
    explains=("TW402", "TW416", "TW401"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = (250_000 + 60_000 * x[:, :1]).astype("float32")
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=4, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = (250_000 + 60_000 * x[:, :1]).astype("float32")
y = (y - y.mean()) / y.std()
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=4, verbose=0)
"""

LARGE = 50.0  # mean or deviation of targets
STAYS = 0.8  # share of the first loss that is left


def match(run: Run) -> Match | None:
    """Match large numbers as targets, whose loss stays where it began or breaks."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        y = feed.y
        if y is None or y.mean is None or y.deviation is None or feed.labels or feed.bad_rows or feed.bad_targets:
            continue
        size = max(abs(y.mean), y.deviation)
        if size <= LARGE or not _stays(run, y.mean**2 + y.deviation**2):
            continue
        label = f"mean {y.mean:.3g}, deviation {y.deviation:.3g}"
        spans = fed.places(
            fed.marked(run, fed.made(run, "y"), label), fed.marked(run, feed.line, "learned as they are", primary=False)
        )
        return Match("the targets are far larger than the model's outputs", _evidence(run, y.mean, y.deviation), spans)
    return None


def _stays(run: Run, square: float) -> bool:
    known, last = fed.losses(run), fed.ended(run)
    if last is None:
        return False
    return not math.isfinite(last) or (last > STAYS * known[0] and last > square**0.5 / 4)


def _evidence(run: Run, mean: float, deviation: float) -> tuple[Evidence, ...]:
    known = fed.losses(run)
    return (
        Evidence("mean of the targets", mean, LARGE),
        Evidence("deviation of the targets", deviation, LARGE),
        Evidence("first loss", known[0]),
        Evidence("loss at the end", fed.ended(run)),
    )
