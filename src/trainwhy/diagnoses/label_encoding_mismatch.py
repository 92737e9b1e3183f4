"""The labels are in another form than the loss expects.

What happens
    Class numbers go into a categorical cross-entropy, which expects rows with one 1; or such rows go into a sparse one,
    which expects numbers.

Why it hurts
    Labels and outputs cannot be compared: their shapes do not fit, and the first step breaks down.

How it shows
    A sparse loss was given as many label columns as there are outputs, or a categorical one was given none.

Fix
    Take the loss that fits the labels, sparse for numbers; or turn the labels with `to_categorical` or `argmax`.

Known limits
    Shapes that fit by chance raise nothing and are not this.

References
    keras.io/api/losses/probabilistic_losses.
"""

from __future__ import annotations

from trainwhy.crashes import STEPS, runs_on
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import LossCall
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW214",
    name="label-encoding-mismatch",
    level="error",
    why="a sparse cross-entropy looks a number up among the outputs; a categorical one compares a row with a row",
    help="use the sparse loss for class numbers and the categorical one for one-hot rows, or turn the labels",
    intervention="labels_as_expected",
    intervention_words="the labels in the form that the loss expects",
    explains=("TW118", "TW119"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
model.compile("adam", tf.keras.losses.CategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = np.eye(3)[np.argmax(x[:, :3], axis=1)]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
model.compile("adam", tf.keras.losses.CategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

MEASURE = STEPS
SPARSE = ("sparse_categorical_crossentropy",)
ROWS = ("categorical_crossentropy", "categorical_focal_crossentropy")


def match(run: Run) -> Match | None:
    """Match when a cross-entropy raised on labels of the other form."""
    calls = [call for seen in (run.seen, run.look) if seen is not None for call in seen.losses if call.error]
    for call in calls:
        if call.y_true is None or call.y_pred is None or run.error is None or len(call.y_pred.shape) < 2:  # noqa: PLR2004 - rows and classes
            continue
        labels, outputs = call.y_true.shape, call.y_pred.shape
        classes = outputs[-1]
        if call.kind in SPARSE and len(labels) == len(outputs) and labels[-1] == classes and classes != 1:
            return _match(run, call, "rows of zeros and ones reach a loss for class numbers", "rows of all classes")
        numbers = len(labels) == len(outputs) - 1 or (len(labels) == len(outputs) and labels[-1] == 1 and classes != 1)
        if call.kind in ROWS and numbers:
            return _match(run, call, "class numbers reach a loss for rows of zeros and ones", "class numbers")
    return None


def _match(run: Run, call: LossCall, title: str, words: str) -> Match:
    labels = call.y_true.shape if call.y_true else ()
    outputs = call.y_pred.shape if call.y_pred else ()
    expected = outputs[:-1] if call.kind in SPARSE else outputs
    evidence = (
        Evidence("axes of the labels", len(labels), len(expected)),
        Evidence("shape of the labels", str(labels), str(expected)),
        Evidence("shape of the outputs", str(outputs)),
    )
    return Match(title, evidence, _spans(run, call, words))


def measure(run: Run) -> float:
    """Return how many steps were made without breaking down."""
    return float(run.steps if run.error is None else 0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script runs on."""
    return runs_on(baseline, repaired)


def _spans(run: Run, call: LossCall, words: str) -> tuple[Span, ...]:
    line = call.line or (run.error.line if run.error else None)
    span = line_span(run.source, line, f"{words} arrive here") if line else None
    made = call.made_line if call.made_line != line else None
    loss = line_span(run.source, made, "this loss expects the other form", primary=False) if made else None
    return tuple(one for one in (span, loss) if one is not None)
