"""The values leave TensorFlow between the model and the loss.

What happens
    On the way to the loss the prediction becomes a NumPy array: by `.numpy()`, by a function of NumPy, by
    `model.predict`, or inside `tf.numpy_function`.

Why it hurts
    An array holds numbers and no history. The tape records TensorFlow's operations only, so the way from the loss back
    to the weights ends at the array, and every gradient is `None`.

How it shows
    The loss depends on none of the weights by any TensorFlow operation, although the model ran and its values were
    taken out.

Fix
    Use TensorFlow's functions (`tf.square`, `tf.reduce_mean`) or `keras.ops`, and call `model(x, training=True)`
    rather than `model.predict(x)`.

Known limits
    Taking values out to print or store them is fine. A model of which only one part goes through NumPy is not named
    while other weights still get gradients. NumPy reads an eager tensor's memory without a trace; there the line is the
    one that calls NumPy where the recorded way ends.

References
    www.tensorflow.org/guide/autodiff, "Took gradients through a calculation outside of TensorFlow".
"""

from __future__ import annotations

from trainwhy.lineage import Break, broken, gradients_given
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW104",
    name="numpy-inside-tape",
    level="error",
    why="a NumPy array holds numbers without their history, so the tape finds no way from the loss to the weights",
    help="stay in TensorFlow from the model to the loss: `tf.` or `keras.ops` functions, `model(x)` and not `predict`",
    intervention="keep_tensors",
    intervention_words="the values kept as tensors",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "")

BROKEN = """\
import numpy as np
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(np.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

METHODS = ("numpy", "item", "tolist")
LONGEST = 20  # characters of a name that fit into the title


def match(run: Run) -> Match | None:
    """Match when no asked variable flows into the loss by TensorFlow operations, and values were taken out."""
    found = broken(run, "left_tensorflow")
    if found is None:
        return None
    lineage, cut = found
    count = len(set(lineage.asked)) - len(cut.variables)
    flowing = Evidence("weights the loss depends on through TensorFlow operations", count, len(lineage.asked))
    return Match(_title(run, cut), (flowing, gradients_given(lineage)), _spans(run, cut))


def _title(run: Run, cut: Break) -> str:
    if cut.what == "predict":
        return "`predict` returns plain NumPy numbers, which the tape cannot follow"
    if cut.what.startswith(("PyFunc", "tf.numpy_function")):
        return "`tf.numpy_function` takes the values out of TensorFlow before the loss"
    name = f".{cut.what}()" if cut.what in METHODS else cut.what
    if not _is_written(run, cut) or len(name) > LONGEST:
        return "the values leave TensorFlow on the way to the loss"
    return f"`{name}` takes the values out of TensorFlow on the way to the loss"


def _is_written(run: Run, cut: Break) -> bool:
    """Tell whether the learner's line calls this itself, or something in the line's call does."""
    lines = run.source.splitlines()
    return cut.line is not None and cut.line <= len(lines) and f"{cut.what}(" in lines[cut.line - 1]


def _spans(run: Run, cut: Break) -> tuple[Span, ...]:
    line, called = cut.line or 0, cut.what.rsplit(".", 1)[-1]
    label = "numbers without a history from here on"
    found = call_span(run.source, line, called, label) or line_span(run.source, line, label)
    return (found,) if found else ()
