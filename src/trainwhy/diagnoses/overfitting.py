"""Training improves while validation gets worse.

What happens
    The training loss keeps falling, and the loss on validation rows has turned and rises.

Why it hurts
    The model is learning the training rows by heart, noise included, at the cost of rows it has not seen.

How it shows
    The validation loss ends well above its lowest epoch, and the training loss has fallen below it since.

Fix
    Stop at the best epoch (`EarlyStopping` with `restore_best_weights`), use fewer units, dropout or weight decay,
    or more data.

Known limits
    Named only when no leak and no missing training flag explain it. A validation loss that only wobbles is left
    alone, and so is a training of which earlier weights than the last are kept.

References
    Prechelt: Early stopping - but when?
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from trainwhy import fed
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import FeedSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW320",
    name="overfitting",
    level="error",
    why=(
        "units that are left over after the rule is learned fit the noise of the training rows, which "
        "new rows do not share"
    ),
    help="stop at the best epoch, use fewer units, dropout or weight decay, or more data",
    practice="script",
)
UNREPAIRED = "both losses show it in this run; any repair would train another model"

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 30)).astype("float32")
y = (x[:, 0] + np.random.normal(size=200) > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(256, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
model.fit(x, y, epochs=25, validation_split=0.5, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(200, 30)).astype("float32")
y = (x[:, 0] + np.random.normal(size=200) > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(256, activation="relu"), keras.layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
stop = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
model.fit(x, y, epochs=25, validation_split=0.5, callbacks=[stop], verbose=0)
"""

EPOCHS_SEEN = 6  # fewer are no course
LATEST = 0.7  # the lowest loss must lie before this share of the epochs
RISE = 0.15  # of the lowest validation loss
FALL = 0.8  # of the training loss at the best epoch


def match(run: Run) -> Match | None:
    """Match a validation loss that turned while training went on falling."""
    if run.seen is None:
        return None
    for train, checked, feed in _courses(run):
        if _kept_from_before(run, feed):
            continue
        best = min(range(len(checked)), key=checked.__getitem__)
        if best > LATEST * len(checked) or len(checked) < EPOCHS_SEEN or len(train) < len(checked):
            continue
        rise = checked[-1] - checked[best]
        tail = checked[-max(2, len(checked) // 4) :]
        if not (
            math.isfinite(rise) and rise > RISE * abs(checked[best]) and min(tail) > (1 + RISE / 2) * checked[best]
        ):
            continue
        if not (train[-1] < FALL * train[best] and train[-1] < checked[-1] / 2):
            continue
        label = f"lowest after epoch {best + 1} of {len(checked)}"
        line = feed.line if feed.given != "batches" else None
        loop = fed.loop_around(run.source, feed.line) if line is None else None
        marks = [fed.marked(run, line, label, call="fit")] if line is not None else []
        if loop is not None:
            found = line_span(run.source, loop, label)
            marks.append(() if found is None else (found,))
        spans = fed.places(*marks, fed.marked(run, feed.line, label, primary=False))
        evidence = (
            Evidence("validation loss at the end", checked[-1], checked[best]),
            Evidence("training loss at the end", train[-1], train[best]),
        )
        return Match("validation gets worse while training still improves", evidence, spans)
    return None


def _kept_from_before(run: Run, feed: FeedSeen) -> bool:
    """Tell a model of which earlier weights are kept, put back or saved: those of the best epoch, as it should."""
    known = str(run.seen.facts.get("models kept from before", "")) if run.seen is not None else ""
    return feed.model is not None and str(feed.model) in known.split("|")


def _courses(run: Run) -> Iterator[tuple[Sequence[float], Sequence[float], FeedSeen]]:
    """(training loss, validation loss) by epoch: of fits, and of loops that work theirs out."""
    seen = run.seen
    for feed in fed.feeds(run):
        fit = next((one for one in (seen.fits if seen is not None else ()) if one.line == feed.line), None)
        if fit is not None and "val_loss" in fit.history:
            yield fit.history.get("loss", ()), fit.history["val_loss"], feed
        for held in feed.held:
            if held.named and held.losses and feed.given == "batches" and not held.shared:
                each = len(held.losses) // max(len(run.epochs), 1)
                if each >= 1:
                    means = [sum(held.losses[a : a + each]) / each for a in range(0, each * len(run.epochs), each)]
                    yield [epoch.loss for epoch in run.epochs], means, feed
