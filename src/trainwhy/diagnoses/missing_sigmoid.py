"""Raw outputs are given to a binary cross-entropy that expects probabilities.

What happens
    The last layer has no sigmoid, and the loss is not told so.

Why it hurts
    The loss clips what is below 0 and above 1 before it takes the logarithm. A clipped output gets no gradient: a
    row on the wrong side stays there for good.

How it shows
    Predictions outside of 0 to 1 reach the loss.

Fix
    Give the loss `from_logits=True`, or the last layer `activation="sigmoid"`. Both are the same training; with the
    first, a prediction is positive above 0, not above 0.5.

Known limits
    Outputs that are kept between 0 and 1 in another way (a clip, a division) are fine. A `relu` or `tanh` there is
    TW207 and TW208.

References
    keras.losses.BinaryCrossentropy: from_logits.
"""

from __future__ import annotations

import math

from trainwhy.heads import (
    FOLLOWS,
    RECTIFIED,
    SQUASHED,
    activation_span,
    beside,
    clip_gone,
    first,
    loss_span,
    mean,
    reaches_only,
    through,
    wants_probabilities,
)
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW206",
    name="missing-sigmoid",
    level="error",
    why=(
        "a binary cross-entropy clips values outside of 0 to 1, and a clipped output gets no gradient, "
        "however wrong it is"
    ),
    help=('pass `from_logits=True` to the loss, or give the last layer `activation="sigmoid"`: the two are equivalent'),
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
y = (x[:, :1] - x[:, 1:2] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = (x[:, :1] - x[:, 1:2] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "share of outputs that the loss clips"


def match(run: Run) -> Match | None:
    """Match when unbounded outputs reach a binary cross-entropy as probabilities."""
    group = first(run, _raw)
    if not group:
        return None
    head = group[0]
    return Match(
        title="raw outputs reach a binary cross-entropy as if they were probabilities",
        evidence=(
            Evidence("share of outputs outside of 0 to 1", mean(group, "outside"), 0),
            Evidence("share of outputs without a gradient", mean(group, "clipped"), 0),
        ),
        spans=beside(
            activation_span(run, head, "raw values: no sigmoid"),
            loss_span(run, head, "expects probabilities", primary=False),
        ),
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
    if head.family != "binary" or not wants_probabilities(head) or head.activation in RECTIFIED + SQUASHED:
        return False
    if reaches_only(head, 0.0, 1.0):
        return False
    flat = all(one.y_pred is not None and one.y_pred.low == one.y_pred.high == 0 for one in group)
    return mean(group, "outside") > 0 or flat
