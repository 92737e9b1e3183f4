"""A ReLU output is trained on negative targets.

What happens
    The last layer ends in a ReLU (or another activation that is never negative), and a clear share of the targets
    is below 0.

Why it hurts
    No prediction can be negative. Rows with negative targets pull the unit down until it answers 0 for everything,
    and then nothing pulls it up again: a ReLU at 0 has no gradient.

How it shows
    By the operations that made them outputs cannot be below 0, and targets are.

Fix
    Use a linear output.

Known limits
    Targets that are negative for a few rows only (noise) are not reported.

References
    keras.layers.Dense: activation.
"""

from __future__ import annotations

import math

from trainwhy.heads import FOLLOWS, WORDS, beside, bound_span, call_of, first, learns_again, mean, through
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW210",
    name="relu-output-for-negative-targets",
    level="error",
    why="a ReLU cannot answer below 0, and where it answers 0 it has no gradient that could bring it back",
    help="drop the activation of the last layer",
    intervention="open_output",
    intervention_words="the output's activation taken off",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="relu"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MEASURE = "share of predictions below 0"
SHARE = 0.1  # of the targets, that lie out of reach
ERROR = 0.02  # of their variance, that no prediction can explain
POSITIVE = ("Relu", "Softplus", "Exp", "Abs", "Square", "Sqrt")


def match(run: Run) -> Match | None:
    """Match when targets are negative and outputs never are."""
    group = first(run, _out_of_reach)
    if not group:
        return None
    head, share = group[0], mean(group, "beyond")
    word = WORDS[head.bound]
    return Match(
        title=f"`{word}` never answers below 0, but {share:.0%} of the targets are negative",
        evidence=(
            Evidence("share of targets below 0", share, SHARE),
            Evidence("share of their variance that is out of reach", mean(group, "beyond_error"), ERROR),
        ),
        spans=beside(
            bound_span(run, head, "never below 0"),
            call_of(run, head, f"{share:.0%} of the targets are negative", primary=False),
        ),
    )


def measure(run: Run) -> float:
    """Return the share of predictions below 0 that reach the loss."""
    found = through(run, "negative")
    return math.nan if found is None else found


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether predictions get below 0, and the run learns more; a loss by hand shows only what is learned."""
    before, after = through(baseline, "negative"), through(repaired, "negative")
    if before is None or after is None or not (repaired.seen and repaired.seen.heads):
        return learns_again(baseline, repaired)
    more = learned(repaired) >= LEARNED and learned(repaired) > learned(baseline)
    return before == 0 < after and more


def _out_of_reach(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.family != "regression" or head.bound not in POSITIVE or head.low is None or head.high is not None:
        return False
    return mean(group, "beyond") >= SHARE and mean(group, "beyond_error") >= ERROR
