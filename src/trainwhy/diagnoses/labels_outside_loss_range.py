"""A binary cross-entropy is given labels other than 0 to 1.

What happens
    The labels are -1 and 1, 1 and 2, or 0 and 255, and the loss takes them for probabilities.

Why it hurts
    The formula weighs two logarithms with the label and with 1 minus the label. Outside of 0 to 1 one weight is
    negative: the loss rewards being wrong there and has no lowest point.

How it shows
    Targets below 0 or above 1 reach a binary cross-entropy; often the loss goes below 0.

Fix
    Map the labels to 0 and 1: `(y + 1) / 2`, `y - 1`, `y / 255`. For -1 and 1 a hinge loss fits as well.

Known limits
    Labels less than 0.25 beyond 0 and 1 (noise on the labels of a GAN) are fine. Whole numbers for three or more
    classes on one output are TW205. Categorical losses with weighted rows are not looked at.

References
    keras.losses.BinaryCrossentropy; keras.losses.Hinge.
"""

from __future__ import annotations

import math

from trainwhy.heads import FOLLOWS, beside, call_of, first, mean, width
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW212",
    name="labels-outside-loss-range",
    level="error",
    why=(
        "a label outside of 0 to 1 gives one of the two logarithms a negative weight, so the loss rewards "
        "wrong answers and has no lowest point"
    ),
    help=(
        "map the labels to 0 and 1, for example `(y + 1) / 2`, `y - 1` or `y / 255`; for -1 and 1 a hinge "
        "loss fits as well"
    ),
    intervention="labels_to_unit_range",
    intervention_words="the labels mapped to between 0 and 1",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.where(x[:, :1] > x[:, 1:2], 1.0, -1.0)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.where(x[:, :1] > x[:, 1:2], 1.0, 0.0)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "lowest loss"
SHARE = 0.05  # of the labels, that lie outside
NEAR = 0.25  # beyond 0 and 1, that may be noise put on labels on purpose
MANY = 3
MOST = 50


def match(run: Run) -> Match | None:
    """Match when a binary cross-entropy is given labels below 0 or above 1."""
    group = first(run, _outside)
    if not group:
        return None
    head = group[0]
    low, high = _extremes(group)
    return Match(
        title=f"labels from {low:.3g} to {high:.3g} reach a loss that is made for 0 to 1",
        evidence=(
            Evidence("share of labels outside of 0 to 1", mean(group, "labels_outside"), SHARE),
            Evidence("lowest label", low, 0),
            Evidence("highest label", high, 1),
        ),
        spans=beside(call_of(run, head, f"labels from {low:.3g} to {high:.3g}"), ()),
    )


def measure(run: Run) -> float:
    """Return the lowest loss of a step; a likelihood of labels is never negative."""
    losses = _losses(run)
    return min(losses) if losses else math.nan


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the loss stays above 0 and falls, where it went below or hardly moved before."""
    if not measure(repaired) >= 0 or learned(repaired) < LEARNED:
        return False
    return measure(baseline) < 0 or learned(repaired) > learned(baseline)


def _losses(run: Run) -> list[float]:
    steps = [step.loss for step in (run.seen.steps if run.seen else ()) if step.loss is not None]
    return [loss for loss in steps or [epoch.loss for epoch in run.epochs] if math.isfinite(loss)]


def _extremes(group: tuple[HeadSeen, ...]) -> tuple[float, float]:
    lows = [head.y_true.low for head in group if head.y_true is not None and head.y_true.low is not None]
    highs = [head.y_true.high for head in group if head.y_true is not None and head.y_true.high is not None]
    return min(lows, default=0.0), max(highs, default=0.0)


def _outside(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.family != "binary" or head.y_true is None or mean(group, "labels_outside") < SHARE:
        return False
    low, high = _extremes(group)
    if low >= -NEAR and high <= 1 + NEAR:
        return False
    return not _class_numbers(head, low, high)


def _class_numbers(head: HeadSeen, low: float, high: float) -> bool:
    """Tell labels that number three or more classes: the loss is wrong there, not the labels."""
    true = head.y_true
    numbered = true is not None and true.whole and true.distinct >= MANY and low >= 0 and high <= MOST
    single = true is not None and (len(true.shape) == 1 or true.shape[-1] == 1)
    return numbered and (width(head) == 1 or single) and len(true.shape if true else ()) <= 2  # noqa: PLR2004
