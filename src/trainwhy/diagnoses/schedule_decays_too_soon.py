"""The learning rate is as good as 0 while most of the training is still to come.

What happens
    A schedule counts optimizer steps, and was given epochs; or its factor is applied far too often.

Why it hurts
    After a few steps the weights hardly move any more, and every later epoch repeats the one before.

How it shows
    The rate falls below a two-hundredth of its peak in the first third of the steps, and stays there, while the loss
    has not come down.

Fix
    Give the schedule the number of steps: epochs times batches per epoch.

Known limits
    A schedule that ends near 0, restarts, or a rate that falls because the loss stands still, is no fault.

References
    keras.io/api/optimizers/learning_rate_schedules.
"""

from __future__ import annotations

from trainwhy import rates
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import RateSeen

DIAGNOSIS = Diagnosis(
    code="TW420",
    name="schedule-decays-too-soon",
    level="error",
    why="a schedule counts optimizer steps, not epochs; once the rate is near 0 the weights hardly move",
    help="spread the decay over all steps: epochs times batches per epoch",
    intervention="hold_the_rate",
    intervention_words="the learning rate held",
    explains=("TW402", "TW416"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(400, 3)).astype("float32")
y = x.sum(axis=1, keepdims=True)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)])
rate = keras.optimizers.schedules.CosineDecay(0.02, decay_steps=6)
model.compile(keras.optimizers.Adam(rate), "mse")
model.fit(x, y, epochs=6, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("decay_steps=6", "decay_steps=6 * 20")

SMALL = 0.005  # of the peak: as good as 0
EARLY = 1 / 3  # of the steps that are planned
STEPS = 12  # of a training that has a course
DONE = 0.6  # of its first loss that a training had taken away when the rate was gone: it was as good as over


def match(run: Run) -> Match | None:
    """Match when a rate is gone early, stays gone, and the loss is still there."""
    for rate in rates.used(run):
        gone = _gone(rate)
        if gone is None or rate.planned < STEPS or gone > EARLY * rate.planned or _done(run, gone):
            continue
        peak, last = max(value for _, value in rate.trace), max(value for step, value in rate.trace if step >= gone)
        evidence = (
            Evidence(f"largest learning rate from step {gone} on", last, peak),
            Evidence("steps still to come then", rate.planned - gone, rate.planned),
        )
        title = f"the learning rate is near 0 from step {gone} of {rate.planned} on"
        return Match(title, evidence, rates.decided(run, rate, "as good as 0 after a few steps"))
    return None


def _gone(rate: RateSeen) -> int | None:
    """The step from which the rate stays near 0; None when it never does, or never was above."""
    peak = max(value for _, value in rate.trace)
    above = [step for step, value in rate.trace if value > SMALL * peak]
    later = sorted(step for step, _ in rate.trace if above and step > max(above))
    positive = all(value >= 0 for _, value in rate.trace)
    return later[0] if peak > 0 and positive and len(later) > 1 else None


def _done(run: Run, gone: int) -> bool:
    """Whether the training had done most of what it could by then."""
    losses = [(s.step, s.loss) for s in (run.seen.steps if run.seen else ()) if s.loss is not None]
    if not losses:
        return bool(run.epochs) and run.epochs[-1].loss < (1 - DONE) * run.epochs[0].loss
    first, then = losses[0][1], [loss for step, loss in losses if step >= gone][:10]
    return bool(then) and first > 0 and sum(then) / len(then) < (1 - DONE) * first
