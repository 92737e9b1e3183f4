"""A rare class is never predicted.

What happens
    One class has nearly all the rows. The model answers with it whatever the input, although the inputs tell the
    rare class apart.

Why it hurts
    That answer is nearly always right, so the mean loss has little to gain from the rare rows, and accuracy looks
    good.

How it shows
    At the end hardly any row of the rare class is recognised, the majority is always said, and a linear rule on the
    same inputs does tell them apart.

Fix
    Weigh the rare rows: `class_weight` in `fit`, `sample_weight` in a loss of one's own; or draw them more often,
    or move the threshold.

Known limits
    A rare class that no linear rule tells apart is left alone: it may be hard. So is a training with weights.

References
    He, Garcia: Learning from imbalanced data.
"""

from __future__ import annotations

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen

DIAGNOSIS = Diagnosis(
    code="TW313",
    name="minority-class-ignored",
    level="error",
    why="a mean over rows gives a class of few rows few votes, and the majority's answer is nearly always right",
    help=(
        "weigh the rare class with `class_weight` or `sample_weight`, or sample it more often; judge by "
        "recall, not by accuracy"
    ),
    intervention="weigh_the_classes",
    intervention_words="every class given the same weight in the loss",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
y = (np.arange(1000) % 25 == 0).astype("float32")
x = np.random.normal(size=(1000, 3)).astype("float32")
x[:, 0] += 1.2 * y
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
model.fit(x, y, epochs=6, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
y = (np.arange(1000) % 25 == 0).astype("float32")
x = np.random.normal(size=(1000, 3)).astype("float32")
x[:, 0] += 1.2 * y
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
model.fit(x, y, epochs=6, class_weight={0: 1.0, 1: 24.0}, verbose=0)
"""

MEASURE = "share recognised of the class that is recognised least"
SEEN = 0.3  # ... at least, once classes weigh the same
MAJORITY = 0.85  # share of the rows
RECALL = 0.1  # share of a class's rows that are recognised
SEPARABLE = 0.62  # area under the curve of a linear rule


def match(run: Run) -> Match | None:
    """Match a model that says the majority of everything, where the inputs would tell more."""
    if run.seen is None:
        return None
    for feed in fed.feeds(run):
        if feed.weighted or not feed.labels or len(feed.labels) < 2 or not feed.recalls or feed.separable is None:  # noqa: PLR2004
            continue
        major, most = max(feed.labels, key=lambda pair: pair[1])
        minor, fewest = min(feed.labels, key=lambda pair: pair[1])
        if most < MAJORITY * feed.rows or fewest < fed.FEWEST or feed.separable < SEPARABLE:
            continue
        recalls = dict(feed.recalls)
        if any(share > RECALL for k, share in recalls.items() if k != major) or recalls.get(major, 0.0) < 1 - RECALL:
            continue
        label = f"{most} of {feed.rows} rows are of class {major}"
        line = feed.line or fed.made(run, "y")
        spans = fed.places(
            fed.marked(run, _loss_line(run, feed) or line, label, call="fit" if feed.given != "batches" else "")
        )
        evidence = (
            Evidence(f"share of the rows of class {minor} that are recognised", recalls.get(minor, 0.0), RECALL),
            Evidence("share of the majority", most / feed.rows, MAJORITY),
            Evidence("how well a linear rule tells the rare class apart", feed.separable, 0.5),
        )
        return Match(f"class {minor} is never predicted: nearly all rows are of class {major}", evidence, spans)
    return None


def measure(run: Run) -> float:
    """Return the share of the rows of the class that is recognised least."""
    return min((share for feed in fed.feeds(run) for _, share in feed.recalls), default=0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether rows of every class are recognised now, where one was never predicted."""
    return measure(baseline) <= RECALL and measure(repaired) >= SEEN


def _loss_line(run: Run, feed: FeedSeen) -> int | None:
    if feed.given != "batches":
        return None
    calls = run.look.losses if run.look is not None else ()
    return next((call.line for call in calls if call.recording and call.line is not None), None)
