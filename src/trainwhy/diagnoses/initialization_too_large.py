"""Weights begin far too large.

What happens
    A kernel is drawn with a spread many times larger than the number of its inputs allows (`stddev=1` for hundreds of
    inputs, `stddev=20`).

Why it hurts
    Each layer makes the numbers larger, so the first predictions miss by orders of magnitude. Saturated units pass no
    gradient, and the optimizer spends its steps on undoing the start.

How it shows
    The kernel multiplies the size of its inputs by more than 6, where 1 to 1.4 keeps it, and the first loss is many
    times that of a guess.

Fix
    Use an initializer that divides by the number of inputs: `glorot_uniform`, `he_normal`, or
    `stddev=1 / sqrt(inputs)`.

Known limits
    A large kernel before a normalisation is harmless. Large data does the same to the first loss; here the kernel
    itself is too large.

References
    keras.io/api/layers/initializers; He et al., Delving deep into rectifiers.
"""

from __future__ import annotations

import math

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW411",
    name="initialization-too-large",
    level="error",
    why="every layer multiplies what it is given, so the first outputs are far from any target and units saturate",
    help="let the initializer divide by the number of inputs: `glorot_uniform`, `he_normal`, or a small `stddev`",
    intervention="scale_to_the_inputs",
    intervention_words="these kernels scaled by the number of their inputs",
    explains=("TW401", "TW402", "TW412", "TW413", "TW414", "TW422", "TW416", "TW417"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 4)).astype("float32")
y = x[:, :1] - x[:, 1:2]
large = keras.initializers.RandomNormal(stddev=20.0)
model = keras.Sequential([
    keras.layers.Dense(16, activation="tanh", kernel_initializer=large),
    keras.layers.Dense(16, activation="relu", kernel_initializer=large),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("stddev=20.0", "stddev=0.3").replace("large", "fair")
LARGE = 6.0  # times, by which a kernel may make its inputs grow
FAR = 5.0  # times the loss of a guess
UNKNOWN = 50.0  # a first loss that is large whatever it measures


def match(run: Run) -> Match | None:
    """Match when random kernels are far too large and the first loss shows it."""
    large = [w for w in beginnings.kernels(run) if beginnings.gain(w) > LARGE and w.columns_at_start != 1]
    loss = beginnings.first_loss(run)
    if not large or loss is None:
        return None
    guess = beginnings.guess(run)
    limit = UNKNOWN if guess is None else max(FAR * guess, 1e-3)
    if math.isfinite(loss) and loss <= limit:
        return None
    worst = max(large, key=beginnings.gain)
    evidence = (
        Evidence("factor by which the kernel makes its inputs grow", round(beginnings.gain(worst), 1), LARGE),
        Evidence("loss before the first step", loss if math.isfinite(loss) else "inf", limit),
        *beginnings.course(run),
    )
    found = [beginnings.made_span(run, w.lines, w.kind, _label(w.start.deviation)) for w in large[:4] if w.start]
    owner = f"`{large[0].layer}`" if large[0].layer else "a matrix"
    return Match(f"the weights of {owner} begin far too large for their inputs", evidence, beginnings.spans(*found))


def _label(deviation: float | None) -> str:
    return f"drawn with a deviation of {deviation:.3g}" if deviation is not None else "drawn far too large"


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the training is far below the unchanged one."""
    before, after = beginnings.tail(baseline), beginnings.tail(repaired)
    return after is not None and (before is None or after < before / 3)
