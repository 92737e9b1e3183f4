"""A label names a class that the output does not have.

What happens
    A sparse cross-entropy is given class numbers from 0 to the number of outputs minus one, and one label is larger
    (often they count from 1) or negative.

Why it hurts
    There is no output to look that class up in: on a CPU the training breaks down, on a GPU the loss is NaN.

How it shows
    The largest label of a batch is not below the number of outputs.

Fix
    Let labels count from 0, or give the last layer one unit more; drop or map labels that mean "none".

Known limits
    A label that is met only after the first steps is known where the labels were handed over as an array.

References
    keras.io/api/losses/probabilistic_losses, `SparseCategoricalCrossentropy`.
"""

from __future__ import annotations

from trainwhy.crashes import STEPS, runs_on
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import LossCall
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW213",
    name="label-beyond-classes",
    level="error",
    why="a sparse loss looks the label up among the outputs, and for this one there is none",
    help="let the labels count from 0, or give the last layer as many units as the largest label plus one",
    intervention="labels_in_range",
    intervention_words="the labels cut to the classes that the output has",
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = 1 + np.argmax(x[:, :3], axis=1)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(300, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(3)])
model.compile("adam", tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y, epochs=2, batch_size=30, verbose=0)
"""

MEASURE = STEPS
SPARSE = "sparse_categorical_crossentropy"


def match(run: Run) -> Match | None:
    """Match when a sparse loss met a label without an output, and broke on it."""
    calls = [call for seen in (run.look, run.seen) if seen is not None for call in seen.losses if call.kind == SPARSE]
    for call in calls:
        found = _beyond(call)
        broke = call.error or (call.value is not None and call.value.nans)
        if found and (broke or _of_values(run)):
            return _match(run, call, *found)
    labels = [fit.y for fit in (run.seen.fits if run.seen else ()) if fit.y is not None and fit.y.whole]
    if calls and labels and _of_values(run):
        classes = _classes(calls[0])
        high, low = labels[0].high, labels[0].low
        if classes and high is not None and low is not None and (high >= classes or low < 0):
            return _match(run, calls[0], high if high >= classes else low, classes)
    return None


def _of_values(run: Run) -> bool:
    return run.error is not None and run.error.type == "InvalidArgumentError"


def _classes(call: LossCall) -> int | None:
    shape = call.y_pred.shape if call.y_pred else ()
    axis = -1 if call.axis is None else call.axis
    return shape[axis] if shape and -len(shape) <= axis < len(shape) else None


def _beyond(call: LossCall) -> tuple[float, int] | None:
    """Return the label that has no output, and how many outputs there are."""
    classes, labels = _classes(call), call.y_true
    if classes is None or labels is None or labels.high is None or labels.low is None:
        return None
    if labels.high >= classes:
        return labels.high, classes
    return (labels.low, classes) if labels.low < 0 else None


def _match(run: Run, call: LossCall, label: float, classes: int) -> Match:
    title = f"a label is {label:.0f}, and the output has the classes 0 to {classes - 1}"
    name = "largest label" if label >= classes else "smallest label"
    evidence = (Evidence(name, label, classes - 1 if label >= classes else 0), Evidence("outputs", classes))
    return Match(title, evidence, _spans(run, call))


def measure(run: Run) -> float:
    """Return how many steps were made without breaking down."""
    return float(run.steps if run.error is None else 0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script runs on."""
    return runs_on(baseline, repaired)


def _spans(run: Run, call: LossCall) -> tuple[Span, ...]:
    line = call.line or (run.error.line if run.error else None)
    span = line_span(run.source, line, "labels and outputs meet here") if line else None
    return (span,) if span else ()
