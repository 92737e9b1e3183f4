"""The split is drawn anew every epoch.

What happens
    `take` and `skip` cut a dataset that `shuffle` mixes anew each time it is read. Each epoch has another split.

Why it hurts
    Rows that were validation in one epoch are training in the next, so validation soon measures memory.

How it shows
    Both parts are drawn once more when the script is over, and share rows.

Fix
    `shuffle(n, seed=s, reshuffle_each_iteration=False)` before the split and another shuffle behind it for
    training; or split first.

Known limits
    A split of a dataset that is cached, or shuffled once, shares no row and is left alone.

References
    tf.data.Dataset.shuffle: reshuffle_each_iteration.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import DatasetOp

DIAGNOSIS = Diagnosis(
    code="TW322",
    name="leak-by-reshuffling",
    level="error",
    why="`shuffle` draws a new order each time it is read, so `take` and `skip` cut out other rows every epoch",
    help="pass `reshuffle_each_iteration=False` to the shuffle before `take` and `skip`, or split before shuffling",
    intervention="shuffle_once",
    intervention_words="every shuffle of the script drawn only once",
    explains=("TW310", "TW320"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
rows = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(rows.take(240).batch(20), epochs=3, validation_data=rows.skip(240).batch(20), verbose=0)
"""

FIXED = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(300, 4)).astype("float32")
y = x[:, :1] * 2
rows = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(300, reshuffle_each_iteration=False)
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(rows.take(240).batch(20), epochs=3, validation_data=rows.skip(240).batch(20), verbose=0)
"""

MEASURE = "validation rows that training meets"

SHARED = 0.1  # share of the validation rows


def match(run: Run) -> Match | None:
    """Match two parts of one shuffled dataset that share rows when they are drawn again."""
    if run.seen is None:
        return None
    for feed, held in fed.held(run):
        mine, theirs = _chain(run, feed.dataset), _chain(run, held.dataset)
        both = [op for op in mine if op.name == "shuffle" and op.number in {other.number for other in theirs}]
        if not both or max(held.again, held.shared) < SHARED * held.rows or not _cut(mine, theirs):
            continue
        shuffle = both[0]
        cuts = [op for op in (*mine, *theirs) if op.name in ("take", "skip") and op.line is not None]
        spans = fed.places(
            fed.marked(run, shuffle.line, "draws a new order every epoch", call="shuffle"),
            *[
                fed.marked(run, op.line, "cuts out other rows each time", primary=False, call=op.name)
                for op in cuts[:2]
            ],
        )
        evidence = (
            Evidence("validation rows that training meets in another epoch", max(held.again, held.shared), 0),
            Evidence("validation rows", held.rows),
        )
        return Match("the split into training and validation is drawn anew every epoch", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return how many validation rows training meets as well."""
    return float(max((max(one.again, one.shared) for _, one in fed.held(run)), default=0))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether both parts share no row now."""
    return measure(baseline) > 0 and measure(repaired) == 0 and any(one.rows for _, one in fed.held(repaired))


def _cut(mine: list[DatasetOp], theirs: list[DatasetOp]) -> bool:
    return any(op.name in ("take", "skip") for op in mine) and any(op.name in ("take", "skip") for op in theirs)


def _chain(run: Run, number: int | None) -> list[DatasetOp]:
    made = {op.number: op for op in (run.seen.datasets if run.seen is not None else ())}
    found: list[DatasetOp] = []
    while number in made and len(found) < 40:  # noqa: PLR2004 - longer chains are not followed
        found.append(made[number])
        number = made[number].of
    return found
