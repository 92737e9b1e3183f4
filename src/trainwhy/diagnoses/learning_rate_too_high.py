"""The learning rate is too high for this training.

What happens
    Every step overshoots: the loss grows, becomes NaN, or jumps about where it began.

Why it hurts
    The gradient says which way is down close by; a step far beyond that arrives somewhere else.

How it shows
    The weights change by more than their own size while the loss does not fall. The same training with a smaller rate
    learns, on every seed.

Fix
    Divide the rate by 10 until the loss falls.

Known limits
    Said as an error only when a ladder of replays with smaller rates shows it, and never beside another cause. A large
    rate that learns is no fault.

References
    keras.io/api/optimizers; Smith, "Cyclical Learning Rates for Training Neural Networks", 2017.
"""

from __future__ import annotations

import math

from trainwhy import rates
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW401",
    name="learning-rate-too-high",
    level="error",
    why="a gradient holds close by; a step that goes far beyond overshoots, and the loss grows or jumps about",
    help="divide the learning rate by 10 until the loss falls",
    intervention="rate_hundredth",
    intervention_words="a hundredth of the learning rate",
    explains=("TW416",),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(400, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(16, "tanh"), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(5.0), "mse")
model.fit(x, y, epochs=6, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("5.0", "0.05")

FAR = 1.0  # change of a weight matrix, of its size
GROWN = 3.0  # times its first value


def match(run: Run) -> Match | None:
    """Match as a guess when the weights run away and the loss does not fall; the ladder decides."""
    rate = rates.lonely(run)
    if rate is None:
        return None
    course, change = rates.losses(run), rates.largest_change(run)
    broken = not math.isfinite(course[-1]) or course[-1] > GROWN * course[0]
    if not broken and (not change > FAR or min(course) < 0 < max(course)):
        return None  # a loss on both sides of zero, as of a policy, need not fall
    evidence = (
        Evidence("learning rate", rate.trace[0][1]),
        Evidence("loss at the end", course[-1], course[0]),
        Evidence("largest change of a weight matrix, of its size", change, FAR),
    )
    spans = rates.decided(run, rate, "too high for this training")
    return Match(
        "the steps overshoot: the weights run away, and the loss does not fall", evidence, spans, level="warning"
    )


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the other rate clearly learns where this one does not."""
    return rates.clearly(baseline, repaired)
