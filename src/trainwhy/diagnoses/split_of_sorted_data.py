"""Validation has classes that training never sees.

What happens
    The data is sorted by class, and its end is cut off as validation. The last classes are there and not in
    training.

Why it hurts
    The model is asked for classes it never met, so the validation score says nothing about what it learned.

How it shows
    Rows of validation belong to classes of which training has none, or to other classes altogether.

Fix
    Shuffle inputs and targets with one permutation before the split, or split each class by itself.

Known limits
    A rare class may be missing by chance; only a good share of the validation rows counts.

References
    keras.Model.fit: validation_split takes the last samples before shuffling.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen, HeldSeen

DIAGNOSIS = Diagnosis(
    code="TW309",
    name="split-of-sorted-data",
    level="error",
    why="the split cuts the end off data that is sorted by class, so the last classes are in validation only",
    help="shuffle inputs and targets together before they are split, or split each class by itself",
    intervention="shuffle_before_split",
    intervention_words="inputs and targets shuffled together before `fit` splits them",
    explains=("TW320",),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = np.repeat([0, 1, 2], 100)
x[:, 0] += y
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, epochs=3, validation_split=0.3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = np.random.permutation(np.repeat([0, 1, 2], 100))
x[:, 0] += y
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, epochs=3, validation_split=0.3, verbose=0)
"""

MEASURE = "difference between the classes"

MISSING = 0.2  # share of validation rows of new classes
APART = 0.6  # difference between the shares of the classes


def match(run: Run) -> Match | None:
    """Match validation rows of classes that training lacks, or of a quite other mixture."""
    if run.seen is None:
        return None
    for feed, held in fed.held(run):
        if held.rows < fed.FEWEST or not held.labels or not feed.labels or held.shared > held.rows / 2:
            continue
        if held.missing < MISSING * held.rows and not (held.distance > APART and _from_one(held, feed)):
            continue
        new = [k for k, _ in held.labels if k not in dict(feed.labels)]
        label = f"{held.missing} of {held.rows} rows are of new classes" if new else "other classes than in training"
        cut = _cut(run, held)
        marks = [fed.marked(run, cut, label)] if cut is not None else []
        spans = fed.places(*marks, fed.marked(run, held.line, label, call="fit" if held.split != "loop" else ""))
        evidence = (
            Evidence("validation rows of classes that training lacks", held.missing, 0),
            Evidence("difference between the shares of the classes", held.distance, APART),
        )
        return Match("validation holds classes that training never sees", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return the difference between the classes of validation and training, 0 to 1."""
    return max((one.distance for _, one in fed.held(run)), default=0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether both have the same classes now."""
    return measure(baseline) > measure(repaired) + 0.25 and any(True for _ in fed.held(repaired))


def _from_one(held: HeldSeen, feed: FeedSeen) -> bool:
    return held.split == "validation_split" and len(held.labels) < len(feed.labels)


def _cut(run: Run, held: HeldSeen) -> int | None:
    """Where the rows were cut off: by a slice of the script's own, or by `skip` and `take`."""
    if held.split == "validation_split":
        return None
    made = {op.number: op for op in (run.seen.datasets if run.seen is not None else ())}
    at = held.dataset
    for _ in range(40):
        op = made.get(at) if at is not None else None
        if op is None:
            break
        if op.name in ("skip", "take"):
            return op.line
        at = op.of
    return fed.made(run, "held")
