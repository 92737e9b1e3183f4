"""Rows with several labels at once are trained with a loss for exactly one label.

What happens
    A softmax or a categorical cross-entropy lets the classes of a row compete for one unit of probability, but the
    targets of a row carry several labels, or none. Or the reverse: sigmoids, each for itself, under a loss of one
    class.

Why it hurts
    Two right labels can never both be near 1, and a row without labels teaches nothing.

How it shows
    Target rows hold zeros and ones with sums above 1, and the probabilities that the loss works with add up to 1.

Fix
    Use a sigmoid for each label with `BinaryCrossentropy` (or raw outputs with `from_logits=True`). With exactly
    one label in each row: a softmax with a categorical loss.

Known limits
    Rows that were divided by their number of labels are a distribution and stay unreported, as do square tables of
    similarities (contrastive losses) and likelihoods written by hand.

References
    keras.losses.BinaryCrossentropy; keras.losses.CategoricalCrossentropy.
"""

from __future__ import annotations

import math

from trainwhy.heads import FOLLOWS, activation_span, beside, by_hand, first, loss_span, through, width
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Level, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW204",
    name="single-label-loss-for-multilabel",
    level="error",
    why=(
        "a softmax hands out one unit of probability to each row, so labels that are true together push each other down"
    ),
    help=(
        "give each label its own probability: a sigmoid with `BinaryCrossentropy`, or raw outputs with "
        "`BinaryCrossentropy(from_logits=True)`"
    ),
    intervention="labels_one_by_one",
    intervention_words="a binary cross-entropy for each label",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = (x[:, :3] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = (x[:, :3] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "largest sum of one row's probabilities"
ONE = 1.001  # a sum that rounding does not explain


def match(run: Run) -> Match | None:
    """Match when several labels meet a single-label loss, or independent outputs do."""
    group = first(run, _several_labels)
    if group:
        return _several(run, group)
    group = first(run, _independent)
    return _alone(run, group[0]) if group else None


def measure(run: Run) -> float:
    """Return the largest sum over one row of the probabilities that the loss works with."""
    sums = [
        head.row_sums[1]
        for seen in (run.seen, run.look)
        for head in (seen.heads if seen else ())
        if head.row_sums is not None
    ]
    return sums[0] if sums else math.nan


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether a row's probabilities are free to add up to anything, or to 1 where one label is right."""
    if through(repaired, "spread") is None or learned(repaired) < LEARNED:
        return False
    return (measure(baseline) < ONE) != (measure(repaired) < ONE)


def _several(run: Run, group: tuple[HeadSeen, ...]) -> Match:
    head = group[0]
    most = max(one.labels_each[1] for one in group if one.labels_each)
    fewest = min(one.labels_each[0] for one in group if one.labels_each)
    activation = activation_span(run, head, "hands out 1 in all to each row", primary=False)
    return Match(
        title="the classes compete for one label, but rows carry several",
        evidence=(Evidence("most labels of one row", most, 1), Evidence("fewest labels of one row", fewest, 1)),
        spans=beside(loss_span(run, head, f"for one label; rows have up to {most:.0f}"), activation),
    )


def _alone(run: Run, head: HeadSeen) -> Match:
    sums = head.row_sums or (0.0, 0.0)
    level: Level | None = "warning" if head.dug else None
    return Match(
        title="independent sigmoids meet a loss that expects one distribution over classes",
        evidence=(Evidence("largest sum of one row's outputs", sums[1], 1),),
        spans=beside(
            loss_span(run, head, "expects rows that add up to 1"),
            activation_span(run, head, "each output for itself", primary=False),
        ),
        level=level,
    )


def _several_labels(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    several = any(one.labels_each is not None and one.labels_each[1] > 1 for one in group)
    if not several or by_hand(head) or _square(head):
        return False
    return head.family == "categorical" or (head.family == "binary" and head.activation == "Softmax")


def _square(head: HeadSeen) -> bool:
    """Tell a table of every row against every row."""
    shape = head.y_pred.shape if head.y_pred else ()
    return len(shape) == 2 and shape[0] == shape[1]  # noqa: PLR2004 - rows and columns


def _independent(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.family not in ("categorical", "sparse") or head.from_logits or by_hand(head):
        return False
    return head.activation == "Sigmoid" and width(head) > 1
