"""More batches are asked for than there are.

What happens
    `steps_per_epoch`, or a loop that counts steps and calls `next`, asks for more batches than the data hold. `fit`
    warns and ends early; `next` raises.

Why it hurts
    The epochs that were asked for are not trained, or the script breaks down in the middle of one.

How it shows
    Fewer optimizer steps than `steps_per_epoch` times `epochs`, though nobody told the training to stop; or the
    iterator was at its end when the next batch was asked for.

Fix
    `dataset.repeat()` (a generator needs `while True:`), or leave `steps_per_epoch` away, or take as many steps as
    there are batches.

Known limits
    A training that is ended by a callback is fine. A loop that catches the end of its data is fine too.

References
    keras.io/api/models/model_training_apis, `steps_per_epoch`; www.tensorflow.org/guide/data.
"""

from __future__ import annotations

from trainwhy.crashes import fact, line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import FitSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW317",
    name="out-of-data",
    level="error",
    why="data end after their last batch unless they are repeated; what is asked for beyond it does not exist",
    help="repeat the data with `.repeat()` or `while True:`, or ask for no more steps than there are batches",
    intervention="repeat_data",
    intervention_words="the data repeated",
    explains=("TW126", "TW416"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x[:, :1])).batch(30)
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(data, steps_per_epoch=25, epochs=3, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x[:, :1])).batch(30).repeat()
model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(data, steps_per_epoch=25, epochs=3, verbose=0)
"""

MEASURE = "steps that were made"
EPOCHS = 0
ENDS = ("StopIteration", "OutOfRangeError", "EndOfSequence")


def match(run: Run) -> Match | None:
    """Match when `fit` made fewer steps than it was asked for, or a script broke at the end of its data."""
    if run.seen is None:
        return None
    for place, fit in enumerate(run.seen.fits):
        if _ran_out(run, place, fit):
            return _match_fit(run, fit)
    return _match_loop(run) if run.error is not None and run.error.type in ENDS else None


def measure(run: Run) -> float:
    """Return how many steps were made."""
    return float(_steps(run.seen.fits[-1]) if run.seen is not None and run.seen.fits else run.steps)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the training gets further with data that do not end."""
    return repaired.error is None and measure(repaired) > measure(baseline)


def _steps(fit: FitSeen) -> int:
    if fit.iterations_after is not None and fit.iterations_before is not None:
        return fit.iterations_after - fit.iterations_before
    return fit.steps


def _ran_out(run: Run, place: int, fit: FitSeen) -> bool:
    if fit.method != "fit" or fit.stopped or not fit.steps_per_epoch or not fit.epochs_asked or fit.given == "arrays":
        return False
    finished = fact(run, f"fit_{place}_told_to_stop") is False
    return finished and 0 < _steps(fit) < fit.steps_per_epoch * fit.epochs_asked and bool(_short(fit))


def _short(fit: FitSeen) -> int:
    """Count epochs with fewer steps than they should have."""
    return sum(steps < (fit.steps_per_epoch or 0) for steps in fit.steps_of_epochs) or (
        len(fit.steps_of_epochs) < (fit.epochs_asked or 0)
    )


def _match_fit(run: Run, fit: FitSeen) -> Match:
    asked = (fit.steps_per_epoch or 0) * (fit.epochs_asked or 0)
    evidence = (
        Evidence("optimizer steps that were made", _steps(fit), asked),
        Evidence("steps asked for in each epoch", fit.steps_per_epoch),
    )
    span = line_span(run.source, fit.line, "asks for more batches than there are") if fit.line else None
    return Match(f"the data ran out after {_steps(fit)} of {asked} steps", evidence, (span,) if span else ())


def _match_loop(run: Run) -> Match:
    held = int(number(run, "holds"))
    drawn = max((i.batches for seen in (run.seen, run.look) if seen for i in seen.iterators), default=0)
    there = held if held > 0 else drawn
    evidence = (Evidence("batches that there are", there, there + 1),)
    return Match(f"batch {there + 1} is asked for, and there are {there}", evidence, _loop_spans(run))


def _loop_spans(run: Run) -> tuple[Span, ...]:
    line = run.error.line if run.error else None
    made = line_of(run, "holds_line")
    span = line_span(run.source, line, "asks for one batch more than there are") if line else None
    source = line_span(run.source, made, "this is what runs out", primary=False) if made and made != line else None
    return tuple(one for one in (span, source) if one is not None)
