"""Batches are shuffled instead of rows.

What happens
    `batch` comes before `shuffle`, so whole batches change places. Which rows share a batch stays as the data is
    sorted.

Why it hurts
    A batch of one class only pulls the model towards one answer, whatever order the batches come in.

How it shows
    The dataset that is fed was batched first and shuffled then, and its batches vary far less than all rows.

Fix
    `shuffle` first, `batch` then.

Known limits
    Harmless where the rows were mixed before; then nothing is said.

References
    tf.data: Better performance, Dataset.shuffle.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import DatasetOp, FeedSeen

DIAGNOSIS = Diagnosis(
    code="TW308",
    name="batch-before-shuffle",
    level="error",
    why="`shuffle` mixes the elements it is given, and after `batch` an element is a whole batch",
    help="call `shuffle` before `batch`: `dataset.shuffle(n).batch(size)`",
    intervention="shuffle_rows",
    intervention_words="the rows shuffled before they are cut into batches",
    explains=("TW307", "TW401", "TW402", "TW416", "TW412"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = np.repeat([0, 1, 2], 100)
x[:, 0] += y
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
rows = tf.data.Dataset.from_tensor_slices((x, y))
model.fit(rows.batch(20).shuffle(300), epochs=3, verbose=0)
"""

FIXED = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = np.repeat([0, 1, 2], 100)
x[:, 0] += y
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
rows = tf.data.Dataset.from_tensor_slices((x, y))
model.fit(rows.shuffle(300).batch(20), epochs=3, verbose=0)
"""

MEASURE = "variety inside a batch"

MIXED = 0.5  # variety inside a batch over that of all


def match(run: Run) -> Match | None:
    """Match a shuffle of batches whose rows are sorted."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        if feed.mixed is None or feed.mixed > MIXED:
            continue
        shuffle, batch = _order(run, feed)
        if shuffle is None or batch is None:
            continue
        label = f"mixes batches; inside one {feed.mixed:.0%} of the variety"
        spans = fed.places(
            fed.marked(run, shuffle.line, label, call="shuffle"),
            fed.marked(run, batch.line, "rows become batches here", primary=False, call="batch"),
        )
        evidence = (Evidence("variety of the targets inside a batch over that of all", feed.mixed, MIXED),)
        return Match("`shuffle` after `batch` mixes batches, not rows", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return the variety of the targets inside a batch over that of all."""
    return next((feed.mixed for feed in fed.feeds(run) if feed.mixed is not None), 1.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether batches are mixed now."""
    return measure(baseline) < MIXED and measure(repaired) > measure(baseline) + (1 - measure(baseline)) / 3


def _order(run: Run, feed: FeedSeen) -> tuple[DatasetOp | None, DatasetOp | None]:
    """The shuffle that came after a batch, and that batch; no shuffle of rows may come before it."""
    made = {op.number: op for op in (run.seen.datasets if run.seen is not None else ())}
    shuffle: DatasetOp | None = None
    at = feed.dataset
    for _ in range(40):
        op = made.get(at) if at is not None else None
        if op is None:
            return None, None
        if op.name == "shuffle":
            shuffle = op
        if op.name in ("batch", "padded_batch", "ragged_batch") and shuffle is not None:
            return shuffle, op
        if op.name == "unbatch":
            return None, None
        at = op.of
    return None, None
