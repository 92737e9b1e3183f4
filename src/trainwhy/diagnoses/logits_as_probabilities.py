"""Raw outputs are given to a cross-entropy of classes that expects probabilities.

What happens
    The last layer has no softmax, and the loss is not told so: it takes the raw values for probabilities.

Why it hurts
    The loss clips what is below 0 and above 1 before it takes the logarithm. A clipped output gets no gradient, and
    rows that do not add up to 1 make the number that is reported meaningless.

How it shows
    Predictions that reach the loss lie outside of 0 to 1, and their rows do not add up to 1.

Fix
    Give the loss `from_logits=True`, or the last layer `activation="softmax"`. Both are the same training; with the
    first, predictions need a softmax before they are read as probabilities.

Known limits
    Positive outputs that Keras normalizes itself (`exp`, `softplus` before `CategoricalCrossentropy`) are fine. A
    single output or several labels at once is TW206, a `relu` or `tanh` behind the last layer TW207 and TW208.

References
    keras.losses.CategoricalCrossentropy: from_logits.
"""

from __future__ import annotations

import math

from trainwhy.heads import (
    FOLLOWS,
    RECTIFIED,
    SQUASHED,
    activation_span,
    beside,
    by_hand,
    clip_gone,
    first,
    loss_span,
    mean,
    named_classes,
    reaches_only,
    through,
    wants_probabilities,
    width,
)
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW201",
    name="logits-as-probabilities",
    level="error",
    why=(
        "a cross-entropy of probabilities clips values outside of 0 to 1, so clipped outputs get no gradient "
        "and the loss is no likelihood"
    ),
    help=('pass `from_logits=True` to the loss, or give the last layer `activation="softmax"`: the two are equivalent'),
    intervention="squash_before_loss",
    intervention_words="the outputs turned into probabilities before the loss",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "share of outputs that the loss clips"


def match(run: Run) -> Match | None:
    """Match when unbounded outputs reach a cross-entropy of classes as probabilities."""
    group = first(run, _raw)
    if not group:
        return None
    head, outside = group[0], mean(group, "outside")
    spans = beside(
        loss_span(run, head, "expects probabilities"),
        activation_span(run, head, "raw values: nothing bounds them", primary=False),
    )
    return Match(
        title="raw outputs reach a categorical cross-entropy as if they were probabilities",
        evidence=(Evidence("share of outputs outside of 0 to 1", outside, 0), *_sums(head)),
        spans=spans,
    )


def measure(run: Run) -> float:
    """Return the share of predictions at or beyond 0 and 1 that reach the loss."""
    found = through(run, "clipped")
    return math.nan if found is None else found


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether predictions get through the loss unclipped, and the run learns."""
    return clip_gone(baseline, repaired)


def _raw(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if not wants_probabilities(head) or head.family == "binary" or width(head) < 2:  # noqa: PLR2004 - one output is no class
        return False
    if head.activation in RECTIFIED + SQUASHED or reaches_only(head, 0.0, 1.0) or not named_classes(head):
        return False
    positive = head.low is not None and head.low >= 0
    if positive and (by_hand(head) or head.family == "categorical"):
        return False
    flat = all(one.y_pred is not None and one.y_pred.low == one.y_pred.high == 0 for one in group)
    return mean(group, "outside") > 0 or flat


def _sums(head: HeadSeen) -> tuple[Evidence, ...]:
    return (Evidence("smallest sum of one row of outputs", head.row_sums[0], 1),) if head.row_sums else ()
