"""Inputs and targets were put into different orders.

What happens
    Inputs and targets are shuffled each for itself. Row i of one no longer belongs to row i of the other.

Why it hurts
    The targets say nothing about the inputs any more. A large model learns them by heart; on new rows it is at
    chance.

How it shows
    Before the shuffles the inputs foretell the targets; in the order in which they are fed they do not.

Fix
    Draw one permutation and index both with it, or zip first and shuffle the pairs.

Known limits
    Seen for NumPy, `random` and eager shuffles of the script itself, and for zipped datasets. Data that never
    foretold its targets is left alone.

References
    numpy.random.permutation. tf.data.Dataset.zip.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run

DIAGNOSIS = Diagnosis(
    code="TW306",
    name="pairs-torn-apart",
    level="error",
    why="each shuffle draws its own order, so an input stands beside the target of another row",
    help="index inputs and targets with one permutation, or shuffle the pairs after zipping them",
    intervention="one_order",
    intervention_words="one order for everything of the same length",
    explains=("TW320", "TW416", "TW402", "TW313"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = 2 * x[:, :1]
np.random.shuffle(x)
np.random.shuffle(y)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 3)).astype("float32")
y = 2 * x[:, :1]
order = np.random.permutation(200)
x, y = x[order], y[order]
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=6, verbose=0)
"""

EPOCHS = 4  # of a replay: what can be learned again needs more than a few steps


def match(run: Run) -> Match | None:
    """Match two orders on the way from data that belonged together."""
    fault = fed.fault(run, "torn")
    if run.seen is None or fault is None or fault.before is None or fault.after is None:
        return None
    spans = fed.places(
        fed.marked(run, fault.line, "one order here"),
        fed.marked(run, fault.other_line, "another order here", primary=False),
    )
    evidence = (
        Evidence("share of the targets the inputs foretell as they are fed", fault.after, fault.before),
        Evidence("the same before they were put into order", fault.before),
    )
    return Match("inputs and targets are shuffled each in an order of its own", evidence, spans)
