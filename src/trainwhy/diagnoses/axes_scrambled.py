"""A reshape gave rows of one axis to another.

What happens
    `reshape` was used to change the order of axes. It keeps the numbers in their order and only cuts them anew, so
    pixels of one picture end up in others.

Why it hurts
    Neighbours are no neighbours any more, and often rows mix several examples. Convolutions and recurrent layers
    find nothing.

How it shows
    A reshape cuts across axes, and neighbouring values agree less after it than after the transpose to the same
    shape.

Fix
    `np.transpose(x, (0, 2, 3, 1))` (or `swapaxes`, `moveaxis`) changes the order of axes; `reshape` only joins or
    splits neighbouring ones.

Known limits
    Data without structure along its axes shows no difference; then nothing is said.

References
    numpy.transpose, numpy.reshape.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW319",
    name="axes-scrambled",
    level="error",
    why="`reshape` keeps the order of the numbers, so asking it for axes in another order deals them out wrongly",
    help=(
        "change the order of axes with `transpose`, `swapaxes` or `moveaxis`; `reshape` only joins or "
        "splits neighbouring axes"
    ),
    explains=("TW320", "TW416", "TW402"),
    practice="script",
)
UNREPAIRED = "how the axes were meant is written nowhere in the run"

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
t = np.linspace(0, 6, 20)
rows = np.stack([np.sin(t * s) for s in np.linspace(1, 2, 200)])
y = np.linspace(0, 1, 200).reshape(-1, 1)
waves = np.stack([rows, -rows, rows**2], axis=1)
x = waves.reshape(200, 20, 3).astype("float32")
model = keras.Sequential([keras.layers.Conv1D(8, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
t = np.linspace(0, 6, 20)
rows = np.stack([np.sin(t * s) for s in np.linspace(1, 2, 200)])
y = np.linspace(0, 1, 200).reshape(-1, 1)
waves = np.stack([rows, -rows, rows**2], axis=1)
x = waves.transpose(0, 2, 1).astype("float32")
model = keras.Sequential([keras.layers.Conv1D(8, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""


def match(run: Run) -> Match | None:
    """Match a reshape after which neighbours agree less than a transpose would have it."""
    fault = fed.fault(run, "scrambled")
    if run.seen is None or fault is None or fault.before is None or fault.after is None:
        return None
    spans = fed.places(fed.marked(run, fault.line, fault.words[:50]))
    evidence = (
        Evidence("agreement of neighbours after the reshape", fault.after, fault.before),
        Evidence("agreement of neighbours after a transpose", fault.before),
    )
    return Match("a reshape to other axes deals the values out wrongly", evidence, spans)
