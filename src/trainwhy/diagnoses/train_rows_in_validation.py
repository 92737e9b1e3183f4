"""Validation contains rows of the training data.

What happens
    Rows the model learns from are also those it is checked on: the same array, overlapping slices, or two
    independent draws.

Why it hurts
    The score measures memory. Overfitting stays unseen, and the best epoch and the best settings are chosen
    wrongly.

How it shows
    The inputs of validation rows are found among the training rows, more often than rows repeat inside the training
    data.

Fix
    Cut the data into two parts that share no row, before anything else is done with it.

Known limits
    In a loop of one's own an evaluation counts as validation only when the script calls its data so, or, where only the
    helper that measures is called so, when either side has rows of its own. Data whose rows repeat by nature is left
    alone.

References
    Kapoor, Narayanan: Leakage and the reproducibility crisis.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen, HeldSeen

DIAGNOSIS = Diagnosis(
    code="TW310",
    name="train-rows-in-validation",
    level="error",
    why="a row the model learned from is known to it, so its score there says nothing about new rows",
    help="split the rows once into two parts that share none, and give only the second to validation",
    explains=("TW320",),
    intervention="drop_shared_rows",
    intervention_words="no row in both training and validation",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
x_train, y_train = x[:240], y[:240]
x_val, y_val = x[:60], y[:60]
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x_train, y_train, epochs=3, validation_data=(x_val, y_val), verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
x_train, y_train = x[:240], y[:240]
x_val, y_val = x[240:], y[240:]
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(x_train, y_train, epochs=3, validation_data=(x_val, y_val), verbose=0)
"""

MEASURE = "validation rows that are training rows"

SHARED = 0.05  # share of validation rows, beyond what repeats by chance


def match(run: Run) -> Match | None:
    """Match validation rows whose inputs are training rows."""
    if run.seen is None:
        return None
    for feed, held in fed.held(run):
        if held.rows < fed.FEWEST or not held.named or _redrawn(run, feed, held):
            continue
        share = held.shared / held.rows
        if share < SHARED or share < 3 * held.expected + SHARED:
            continue
        label = f"{held.shared} of {held.rows} rows are training rows"
        source = _source(run, held)
        marks = [fed.marked(run, source, label)] if source is not None else []
        spans = fed.places(*marks, fed.marked(run, held.line, label, call="fit" if held.split != "loop" else ""))
        evidence = (
            Evidence("validation rows that are training rows", held.shared, 0),
            Evidence("validation rows", held.rows),
        )
        return Match(f"{share:.0%} of the validation rows are training rows", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return how many validation rows are training rows."""
    return float(max((one.shared for _, one in fed.held(run) if one.named), default=0))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether validation shares no row with training now."""
    return measure(baseline) > 0 and measure(repaired) == 0 and any(one.rows for _, one in fed.held(repaired))


def _redrawn(run: Run, feed: FeedSeen, held: HeldSeen) -> bool:
    """Tell a split of a dataset that is shuffled anew each time: that has a name of its own."""
    return (
        held.again > 0
        and {"take", "skip"} & {op.name for op in (run.seen.datasets if run.seen is not None else ())} != set()
        and (
            feed.dataset is not None
            and any(op.name == "shuffle" for op in (run.seen.datasets if run.seen is not None else ()))
        )
    )


def _source(run: Run, held: HeldSeen) -> int | None:
    made = {op.number: op for op in (run.seen.datasets if run.seen is not None else ())}
    cut = fed.made(run, "held")
    at = held.dataset
    first: int | None = None
    for _ in range(40):
        op = made.get(at) if at is not None else None
        if op is None:
            break
        first, at = op.line, op.of
    return cut if cut is not None else first
