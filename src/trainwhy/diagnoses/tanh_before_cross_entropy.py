"""The last layer before a cross-entropy is a tanh.

What happens
    The outputs that the loss takes for probabilities, or for logits, went through a tanh: they lie between -1 and
    1.

Why it hurts
    A probability below 0 is clipped and gets no gradient. As logits, values between -1 and 1 never become sure of
    anything: a sigmoid of 1 is 0.73.

How it shows
    What reaches the loss was made by a tanh.

Fix
    Use a sigmoid (yes or no for each output) or a softmax (one class of several); or no activation, with
    `from_logits=True`.

Known limits
    A tanh that is scaled before the loss reaches further and is fine, and so is one for targets between -1 and 1
    under a loss of differences.

References
    keras.losses.BinaryCrossentropy: from_logits.
"""

from __future__ import annotations

import math

from trainwhy.heads import (
    FOLLOWS,
    SQUASHED,
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
    code="TW208",
    name="tanh-before-cross-entropy",
    level="error",
    why=(
        "a tanh answers between -1 and 1: as a probability everything below 0 is clipped away, as a logit it "
        "can never be sure"
    ),
    help=(
        "replace the tanh of the last layer by a sigmoid or softmax, or drop it and pass `from_logits=True`: "
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
y = (x[:, :1] - x[:, 1:2] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="tanh"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
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
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "share of outputs that the loss clips"


def match(run: Run) -> Match | None:
    """Match when a tanh made what reaches a cross-entropy."""
    group = first(run, lambda one: _fits(run, one))
    if not group:
        return None
    head = group[0]
    return Match(
        title="a tanh stands between the last layer and the cross-entropy",
        evidence=(
            Evidence("share of outputs below 0", mean(group, "negative"), None if head.from_logits else 0),
            Evidence("highest output that can be reached", 1, "none" if head.from_logits else 1),
        ),
        spans=beside(
            activation_span(run, head, "answers between -1 and 1"),
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
    if head.activation not in SQUASHED or not named_classes(head):
        return False
    return wants_probabilities(head) or wants_logits(run, head)


def _expected(head: HeadSeen) -> str:
    return "expects logits of either sign" if head.from_logits else "expects probabilities"
