"""Arithmetic on small integers wrapped round.

What happens
    Pixels or sensor values are 8 or 16 bit integers, and are added, subtracted or multiplied as such. What does not
    fit is wrapped round: 100 - 128 becomes 228.

Why it hurts
    Neighbouring values land at opposite ends of the range, so dark becomes bright and a small change a large one.

How it shows
    Results of arithmetic in a small integer type do not fit it, and what was made of them is fed to the model.

Fix
    Convert to float before the arithmetic: `images.astype('float32') - 128`.

Known limits
    Seen in NumPy and eager code of the script itself, not inside functions of `tf.data`.

References
    NumPy: Overflow errors in data types.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW305",
    name="integer-overflow-in-data",
    level="error",
    why="integers of 8 or 16 bits wrap round where a result does not fit, so close values land at opposite ends",
    help="convert to float32 (or a wider integer) before the arithmetic, as in `images.astype('float32') - 128`",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
pixels = np.random.randint(0, 256, (200, 6)).astype("uint8")
y = (pixels.mean(axis=1, keepdims=True) / 255).astype("float32")
x = (pixels - 128) / 64
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
pixels = np.random.randint(0, 256, (200, 6)).astype("uint8")
y = (pixels.mean(axis=1, keepdims=True) / 255).astype("float32")
x = (pixels.astype("float32") - 128) / 64
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x, y, epochs=3, verbose=0)
"""

TITLE = "integer arithmetic wraps round before training"


def match(run: Run) -> Match | None:
    """Match wrapped arithmetic whose result is fed."""
    fault = fed.fault(run, "overflow")
    if run.seen is None or fault is None:
        return None
    label = f"{fault.share:.1%} of the results do not fit"
    spans = fed.places(fed.marked(run, fault.line, label))
    evidence = (Evidence("share of results that wrapped round", fault.share, 0.0),)
    return Match(
        f"arithmetic in `{fault.words}` wraps round before training" if fault.words else TITLE, evidence, spans
    )
