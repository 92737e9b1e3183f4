"""Rows are fed class after class.

What happens
    The data is sorted by its targets and fed in that order, so a batch holds rows of one class only.

Why it hurts
    Each batch pulls the model towards one answer, and the next class pulls it away again. What was learned last is
    said of everything.

How it shows
    The targets of a batch vary far less than those of all rows, and neighbouring batches agree.

Fix
    Shuffle: `shuffle=True` in `fit`, `dataset.shuffle(len(data))` before `batch`, or a new permutation each epoch.

Known limits
    Numbers that are sorted count only when nearly monotone; a time series is left alone.

References
    Bengio: Practical recommendations for gradient-based training of deep architectures.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen

DIAGNOSIS = Diagnosis(
    code="TW307",
    name="data-not-shuffled",
    level="error",
    why="a batch of one class only pulls every answer towards that class, and the next class undoes it",
    help=(
        "shuffle the rows before they are cut into batches: `shuffle=True`, "
        "`dataset.shuffle(n).batch(...)`, or a permutation"
    ),
    intervention="shuffle_rows",
    intervention_words="the rows shuffled before they are cut into batches",
    explains=("TW401", "TW402", "TW416", "TW412"),
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
model.fit(x, y, epochs=3, shuffle=False, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = np.repeat([0, 1, 2], 100)
x[:, 0] += y
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(x, y, epochs=3, shuffle=True, verbose=0)
"""

MEASURE = "variety inside a batch"

MIXED = 0.35  # variety inside a batch over that of all, below which batches are of one kind
SORTED = 0.8  # agreement of neighbours
CHANGES = 0.45  # share of batches that begin a new class


def match(run: Run) -> Match | None:
    """Match batches of one class after another."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        if feed.mixed is None or feed.batch_size >= feed.rows or not _in_order(feed):
            continue
        line = (fed.made(run, "batch") if feed.given == "batches" else None) or feed.line
        source = next(
            (op for op in run.seen.datasets if op.name in ("batch", "padded_batch") and _leads(run, op.number, feed)),
            None,
        )
        label = f"a batch has {feed.mixed:.0%} of the variety of all"
        marks = (
            (
                fed.marked(run, source.line, label, call="batch"),
                fed.marked(run, line, "fed in this order", primary=False),
            )
            if source is not None
            else (fed.marked(run, line, label),)
        )
        evidence = (
            Evidence("variety of the targets inside a batch over that of all", feed.mixed, MIXED),
            Evidence("agreement of neighbouring targets beyond chance", feed.sorted, 0.0),
        )
        return Match("the rows are fed sorted by their targets", evidence, fed.places(*marks))
    return None


def measure(run: Run) -> float:
    """Return the variety of the targets inside a batch over that of all."""
    return next((feed.mixed for feed in fed.feeds(run) if feed.mixed is not None), 1.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether batches are mixed now."""
    return measure(baseline) < MIXED and measure(repaired) > 2 * MIXED


def _in_order(feed: FeedSeen) -> bool:
    if feed.mixed is None or feed.mixed > MIXED or feed.sorted is None:
        return False
    if not feed.labels:
        return False
    return feed.sorted > SORTED and feed.changes is not None and feed.changes < CHANGES


def _leads(run: Run, number: int, feed: FeedSeen) -> bool:
    made = {op.number: op for op in (run.seen.datasets if run.seen is not None else ())}
    at = feed.dataset
    for _ in range(40):
        if at is None or at == number:
            return at == number
        at = made[at].of if at in made else None
    return False
