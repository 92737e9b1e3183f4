"""The data are used up after the first epoch.

What happens
    An iterator (of `iter(dataset)`, `as_numpy_iterator()`, `zip`, `map` or a generator) is made once, before the loop
    over the epochs. It can be gone through once. From the second epoch on it is empty.

Why it hurts
    All further epochs train nothing, and nothing says so: an empty loop is no error.

How it shows
    The loop over the epochs went on, no step was made in it, and the iterator that it names has nothing left.

Fix
    Make the iterator inside the loop over the epochs, or loop over the data set or a list itself: each
    `for` begins anew.

Known limits
    A stream that is meant to be read once and to end is fine: then the loop around it ends as well. A generator that
    only validation draws from is seen when it comes from `tf.data`.

References
    www.tensorflow.org/guide/data, "Basic mechanics"; docs.python.org/3/glossary.html#term-iterator.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import DrainedSeen, IteratorSeen
from trainwhy.sources import line_span, name_span

DIAGNOSIS = Diagnosis(
    code="TW126",
    name="iterator-exhausted",
    level="error",
    why="an iterator can be gone through once; a loop over one that is used up does nothing and says nothing",
    help="make the iterator anew in every epoch, or loop over the data set (or a list of the batches) itself",
    intervention="restart_iterators",
    intervention_words="the iterator begun anew in every epoch",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x[:, :1] - x[:, 1:2])).shuffle(160).batch(16)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
batches = iter(data)
for epoch in range(5):
    for xb, yb in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(yb - model(xb, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = BROKEN.replace(
    "batches = iter(data)\nfor epoch in range(5):", "for epoch in range(5):\n    batches = iter(data)"
)

MEASURE = "epochs with at least one step"
EPOCHS = 2


def match(run: Run) -> Match | None:
    """Match when turns of the loop without a step stand beside an empty iterator, or one is asked again when empty."""
    if run.seen is None:
        return None
    if run.seen.drained:
        return _trained(run, run.seen.drained[0])
    again = [one for one in run.seen.iterators if one.ended and one.asked_after_end and one.batches and one.line]
    crashed = run.error is not None
    return None if crashed or not again or len(run.epochs) < 2 else _asked_again(run, again[0])  # noqa: PLR2004 - two epochs


def measure(run: Run) -> float:
    """Return in how many epochs something was trained."""
    return float(len(run.epochs))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether a later epoch has steps now."""
    return measure(repaired) > measure(baseline) and repaired.steps > baseline.steps


def _trained(run: Run, one: DrainedSeen) -> Match:
    epochs = len(run.epochs)
    return Match(
        title=f"`{one.name[:30]}` is used up after epoch {epochs}",
        evidence=(
            Evidence(f"steps after epoch {epochs}", 0, max(run.steps // max(epochs, 1), 1)),
            Evidence("epochs without a step", one.empty, 0),
        ),
        spans=_spans(run, one),
    )


def _spans(run: Run, one: DrainedSeen) -> tuple[Span, ...]:
    found: list[Span | None] = []
    if one.line is not None:
        label = "nothing is left here from the second epoch on"
        found.append(name_span(run.source, one.line, one.name, label) or line_span(run.source, one.line, label))
    if one.made_line is not None:
        found.append(line_span(run.source, one.made_line, "made once, before the epochs", primary=False))
    return tuple(span for span in found if span is not None)


def _asked_again(run: Run, one: IteratorSeen) -> Match:
    span = line_span(run.source, one.line or 0, "this iterator is used up and asked again")
    return Match(
        title="an iterator is drawn from again after its end",
        evidence=(
            Evidence("times it was asked after its last batch", one.asked_after_end, 0),
            Evidence("batches it gave", one.batches),
        ),
        spans=() if span is None else (span,),
    )
