"""The same batch comes again and again.

What happens
    Every step draws the same rows: a new iterator each time, an index that never moves, a dataset of one batch
    repeated.

Why it hurts
    The model learns these few rows by heart and never meets the others. The training loss falls, and nothing else
    improves.

How it shows
    All batches of an epoch are equal, bit by bit, while the script has many more rows.

Fix
    Iterate the dataset itself, move the slice with the step, or let the generator go on.

Known limits
    Training with all rows at each step is right, and so is a single batch where the script has no more.

References
    tf.data.Dataset.__iter__: every call begins at the first element.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen

DIAGNOSIS = Diagnosis(
    code="TW318",
    name="batch-repeats",
    level="error",
    why="the same rows give the same gradient, so whatever the other rows could teach is never seen",
    help="let each step draw other rows: loop over the dataset itself, or move the slice or the index with the step",
    explains=("TW320", "TW126"),
    practice="script",
)
UNREPAIRED = "the script's own code decides which rows come next"

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(rows.take(1).repeat(15), epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(rows, epochs=3, verbose=0)
"""

STEPS = 4  # of an epoch, fewer repeat by chance
CYCLE = 0.1  # different batches over steps
SHARE = 0.25  # of the rows there are, that a repeated batch may not exceed


def match(run: Run) -> Match | None:
    """Match equal batches where there are more rows to draw from."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        if feed.steps < STEPS or feed.cycle > max(1, CYCLE * feed.steps):
            continue
        rows = feed.batch_size * feed.cycle
        spare = feed.available - sum(one.rows for one in feed.held if one.split != "loop" or not one.shared)
        if rows > SHARE * spare and feed.given != "pydataset":
            continue
        label = f"{feed.cycle} of {feed.steps} batches differ"
        drawn = _drawn(run, feed)
        spans = fed.places(
            fed.marked(run, drawn, label), fed.marked(run, feed.line, label, call="fit" if drawn is None else "")
        )
        found = [Evidence("different batches in an epoch", feed.cycle, feed.steps)]
        if feed.available:
            found.append(Evidence("rows to draw from", feed.available))
        return Match(f"{feed.steps} steps are fed the same {feed.batch_size} rows", tuple(found), spans)
    return None


def _drawn(run: Run, feed: FeedSeen) -> int | None:
    """Where batches are drawn: by an iterator that is made anew, or by a dataset cut to one batch."""
    seen = run.seen
    if seen is None or feed.dataset is None:
        return fed.made(run, "batch")
    made = {op.number: op for op in seen.datasets}
    at: int | None = feed.dataset
    for _ in range(40):
        op = made.get(at) if at is not None else None
        if op is None:
            break
        if op.name == "take":
            return op.line
        at = op.of
    return next((one.line for one in seen.iterators if one.dataset == feed.dataset and one.batches == 1), None)
