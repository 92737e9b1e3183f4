"""The loss is made of decisions, which have no slope.

What happens
    Between the model and the loss stands an operation whose result is a choice: `argmax`, a comparison, a cast to
    whole numbers, an accuracy.

Why it hurts
    A small change of a weight changes such a result not at all, or by a jump. There is no gradient to give, so
    TensorFlow answers `None` for every weight behind it.

How it shows
    Every way from the weights to the loss passes an operation that returns whole numbers or truth values.

Fix
    Minimise a loss that changes smoothly with the outputs (cross-entropy, mean squared error) and keep the accuracy as
    a metric beside it.

Known limits
    Decisions beside the loss (metrics, masks made from labels) are fine, and so are those with another open way to the
    loss.

References
    www.tensorflow.org/guide/autodiff, "Took gradients through an integer or string".
"""

from __future__ import annotations

from trainwhy.lineage import Break, broken, gradients_given, open_ways
from trainwhy.reach import WEIGHTS_MOVED, more_move, weights_moved
from trainwhy.results import Diagnosis, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW105",
    name="non-differentiable-loss",
    level="error",
    why="a decision such as `argmax` or `>` does not change when a weight changes a little, so it has no gradient",
    help="minimise a smooth loss (cross-entropy, squared error) and report the accuracy as a metric beside it",
    intervention="reference_loss",
    intervention_words="the gradients of the task's own loss",
    explains=("TW106",),
    practice="classification",
)

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "the decisions given a smooth gradient")

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        chosen = tf.argmax(model(x, training=True), axis=1, output_type=y.dtype)
        loss = tf.reduce_mean(tf.cast(tf.not_equal(chosen, y), tf.float32))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import keras
import tensorflow as tf

cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = cross_entropy(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

WORDS = {
    "ArgMax": "`argmax` returns an index, which has no gradient",
    "ArgMin": "`argmin` returns an index, which has no gradient",
    "Cast": "a cast to whole numbers stands between the model and the loss",
}


def match(run: Run) -> Match | None:
    """Match when an operation that returns whole numbers or truth values cuts every way to some variable."""
    found = broken(run, "integer", "comparison")
    if found is None:
        return None
    lineage, cut = found
    return Match(_title(cut), (open_ways(lineage, cut), gradients_given(lineage)), _spans(run, cut))


def _title(cut: Break) -> str:
    if cut.kind == "comparison":
        return "the loss counts the results of a comparison, which have no gradient"
    return WORDS.get(cut.what, f"`{cut.what}` returns whole numbers, which have no gradient")


def _spans(run: Run, cut: Break) -> tuple[Span, ...]:
    line, called = cut.line or 0, cut.what.lower()
    label = f"returns {'true or false' if cut.kind == 'comparison' else 'whole numbers'}: no gradient"
    found = call_span(run.source, line, called, label) or line_span(run.source, line, label)
    return (found,) if found else ()
