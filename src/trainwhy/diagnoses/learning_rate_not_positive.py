"""The learning rate is 0 or negative.

What happens
    A sign, an integer division or a schedule made the rate 0.0 or less. Optimizers accept it.

Why it hurts
    With 0 no weight moves; below 0 every step goes up the slope, and the loss grows.

How it shows
    The rate the steps were made with, read from the optimizer, is not above 0 on most of them.

Fix
    Give a rate above 0; `1 // 20` is 0, `1 / 20` is not.

Known limits
    A rate that is 0 for a moment (the first step of a warmup, the end of a decay) is no fault. The rate of an update
    written by hand cannot be read.

References
    keras.io/api/optimizers.
"""

from __future__ import annotations

from trainwhy import rates
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW403",
    name="learning-rate-not-positive",
    level="error",
    why="a step is the learning rate times the downhill direction: 0 stands still, and below 0 it goes uphill",
    help="give a learning rate above 0 (`1 // 20` is 0, `1 / 20` is not)",
    intervention="positive_rate",
    intervention_words="a positive learning rate",
    explains=("TW101", "TW113", "TW401", "TW402", "TW416", "TW420"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(200, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(-0.05), "mse")
model.fit(x, y, epochs=4, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("-0.05", "0.05")

MOST = 0.5  # of the steps read
STEPS = 3


def match(run: Run) -> Match | None:
    """Match when most steps were made with a rate of 0 or less."""
    for rate in rates.used(run):
        low = [value for _, value in rate.trace if value <= 0]
        began = rate.trace[0][1] <= 0 or min(low, default=0) < 0  # else it fell to 0 later
        if began and len(rate.trace) >= STEPS and len(low) > MOST * len(rate.trace):
            worst = min(low)
            title = f"the learning rate is {'0' if worst == 0 else 'negative'}"
            evidence = (
                Evidence("learning rate", worst, 0),
                Evidence("share of the steps read with a rate of 0 or less", len(low) / len(rate.trace), MOST),
            )
            return Match(title, evidence, rates.decided(run, rate, "not above 0"))
    return None
