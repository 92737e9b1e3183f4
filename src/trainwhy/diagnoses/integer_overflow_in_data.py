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

from trainwhy import beginnings, fed
from trainwhy.learning import LEARNED
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW305",
    name="integer-overflow-in-data",
    level="error",
    why="integers of 8 or 16 bits wrap round where a result does not fit, so close values land at opposite ends",
    help="convert to float32 (or a wider integer) before the arithmetic, as in `images.astype('float32') - 128`",
    intervention="wider_integers",
    intervention_words="the same arithmetic in wider integers",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
pixels = np.random.randint(0, 256, (200, 6)).astype("uint8")
y = (pixels[:, :1] / 64).astype("float32") - 2
x = (pixels - 128) / 64
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, batch_size=20, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
pixels = np.random.randint(0, 256, (200, 6)).astype("uint8")
y = (pixels[:, :1] / 64).astype("float32") - 2
x = (pixels.astype("float32") - 128) / 64
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, batch_size=20, verbose=0)
"""

LOWER = 0.8  # of the unchanged loss, below which a repaired one has to end
TITLE = "integer arithmetic wraps round before training"


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the training ends clearly lower on the numbers that were meant."""
    before, after = beginnings.tail(baseline), beginnings.tail(repaired)
    learns = beginnings.learned(repaired) >= LEARNED and after is not None
    return learns and (before is None or (after or 0.0) < LOWER * before)


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
