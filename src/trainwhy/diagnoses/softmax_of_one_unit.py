"""A softmax stands on a single output.

What happens
    The last layer has one unit and a softmax: it divides a number by itself.

Why it hurts
    The output is 1.0 for every row, whatever the weights are. Nothing can be predicted. Keras may compute the loss
    from the values before the softmax, so even a loss that falls proves nothing.

How it shows
    Every prediction that reaches the loss is exactly 1.

Fix
    Use a sigmoid for one unit, or a softmax over as many units as there are classes.

Known limits
    A softmax over another axis than the last has more than one entry and is fine.

References
    keras.activations.softmax.
"""

from __future__ import annotations

import math

from trainwhy.heads import FOLLOWS, activation_span, beside, call_of, first, mean, through
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW203",
    name="softmax-of-one-unit",
    level="error",
    why=(
        "a softmax divides by the sum over the units, and over one unit that sum is the value itself: the "
        "result is 1 for every input"
    ),
    help=(
        'use `activation="sigmoid"` on the one unit, or one unit for each class with a softmax and a categorical loss'
    ),
    intervention="sigmoid_of_one_unit",
    intervention_words="a sigmoid in place of the softmax",
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
    keras.layers.Dense(1, activation="softmax"),
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

MEASURE = "spread of the outputs"
SOME = 1e-4  # deviation of outputs that are not all the same


def match(run: Run) -> Match | None:
    """Match when a softmax of one unit reaches a loss."""
    group = first(run, _constant)
    if not group:
        return None
    head = group[0]
    return Match(
        title="a softmax over one unit answers 1 for every input",
        evidence=(
            Evidence("standard deviation of the outputs", mean(group, "spread")),
            Evidence("different outputs in a batch", 1, "more than 1"),
        ),
        spans=beside(
            activation_span(run, head, "one value divided by itself"),
            call_of(run, head, "every prediction is 1.0 here", primary=False),
        ),
    )


def measure(run: Run) -> float:
    """Return the standard deviation of the predictions that reach the loss."""
    found = through(run, "spread")
    return math.nan if found is None else found


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether predictions differ again."""
    return measure(baseline) < SOME < measure(repaired)


def _constant(group: tuple[HeadSeen, ...]) -> bool:
    return all(head.activation == "Softmax" and _all_one(head) for head in group)


def _all_one(head: HeadSeen) -> bool:
    values = head.y_pred
    if values is None or len(values.shape) > 2 or (values.shape[0] or 0) < 2:  # noqa: PLR2004 - rows of one unit
        return False
    return values.low == values.high == 1 and (len(values.shape) == 1 or values.shape[-1] == 1)
