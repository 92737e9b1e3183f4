"""The last layer before a cross-entropy is a ReLU.

What happens
    The outputs that the loss takes for probabilities, or for logits, went through a ReLU.

Why it hurts
    Every output below 0 becomes exactly 0: no gradient comes through, neither through the ReLU nor through the clip
    of the loss, and values above 1 are clipped as well. As logits, none can be below 0, so no class can be ruled
    out.

How it shows
    What reaches the loss was made by a ReLU.

Fix
    Use a sigmoid (yes or no for each output) or a softmax (one class of several); or no activation, with
    `from_logits=True`.

Known limits
    A ReLU before another layer, and rates of counts under a Poisson loss, are fine.

References
    keras.losses.CategoricalCrossentropy: from_logits.
"""

from __future__ import annotations

import math

from trainwhy.heads import (
    FOLLOWS,
    RECTIFIED,
    activation_span,
    beside,
    clip_gone,
    first,
    loss_span,
    mean,
    named_classes,
    through,
    wants_logits,
    wants_probabilities,
)
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW207",
    name="relu-before-cross-entropy",
    level="error",
    why="a ReLU turns every negative output into 0, where neither it nor the loss has a gradient",
    help=(
        "replace the ReLU of the last layer by a softmax or sigmoid, or drop it and pass `from_logits=True`: "
        "these are equivalent"
    ),
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
    keras.layers.Dense(3, activation="relu"),
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
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "share of outputs that the loss clips"


def match(run: Run) -> Match | None:
    """Match when a ReLU made what reaches a cross-entropy."""
    group = first(run, lambda one: _fits(run, one))
    if not group:
        return None
    head = group[0]
    return Match(
        title="a ReLU stands between the last layer and the cross-entropy",
        evidence=(
            Evidence("share of outputs at 0 or beyond 1", mean(group, "clipped"), 0),
            Evidence("lowest output that can be reached", 0, "none" if head.from_logits else "above 0"),
        ),
        spans=beside(
            activation_span(run, head, "nothing below 0 gets through"),
            loss_span(run, head, _expected(head), primary=False),
        ),
    )


def measure(run: Run) -> float:
    """Return the share of predictions at or beyond 0 and 1 that reach the loss."""
    found = through(run, "clipped")
    return math.nan if found is None else found


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether predictions get through the loss unclipped, and the run learns."""
    return clip_gone(baseline, repaired)


def _fits(run: Run, group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.activation not in RECTIFIED or not named_classes(head):
        return False
    return wants_probabilities(head) or wants_logits(run, head)


def _expected(head: HeadSeen) -> str:
    return "expects logits of either sign" if head.from_logits else "expects probabilities"
