"""The learning rate is too low for this training.

What happens
    Every step is so short that the weights are where they began when the training is over.

Why it hurts
    The direction is right, and it would take thousands of times as many steps to arrive.

How it shows
    Gradients are there, the weights change by less than a two-hundredth of their size, and the loss stands. The same
    training with a larger rate learns, on every seed.

Fix
    Multiply the rate by 10 until the loss falls; 0.001 is usual for Adam, 0.01 for SGD.

Known limits
    Said as an error only when a ladder of replays with larger rates shows it, and never beside another cause. A small
    rate that learns is no fault.

References
    keras.io/api/optimizers.
"""

from __future__ import annotations

from trainwhy import rates
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW402",
    name="learning-rate-too-low",
    level="error",
    why="a step is the learning rate times the downhill direction; with a tiny rate the weights hardly move",
    help="multiply the learning rate by 10 until the loss falls (0.001 is usual for Adam, 0.01 for SGD)",
    intervention="rate_10000",
    intervention_words="10,000 times the learning rate",
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
model.compile(keras.optimizers.Adam(1e-6), "mse")
model.fit(x, y, epochs=6, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("1e-6", "1e-2")

NEAR = 0.005  # change of a weight matrix, of its size


def match(run: Run) -> Match | None:
    """Match as a guess when the weights hardly move and the loss stands; the ladder decides."""
    rate = rates.lonely(run)
    change = rates.largest_change(run)
    if rate is None or not 0 < change < NEAR:
        return None
    course = rates.losses(run)
    evidence = (
        Evidence("learning rate", rate.trace[0][1]),
        Evidence("largest change of a weight matrix, of its size", change, NEAR),
        Evidence("loss at the end", course[-1], course[0]),
    )
    spans = rates.decided(run, rate, "too low for this training")
    return Match("the weights hardly move, and the loss stands", evidence, spans, level="warning")


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the other rate clearly learns where this one does not."""
    return rates.clearly(baseline, repaired)
