"""Targets of shape `(N,)` meet predictions of shape `(N, 1)`, and every row is compared with every other.

What happens
    TensorFlow lines shapes up from the right. `(32,)` against `(32, 1)` is stretched to `(32, 32)`: the target of each
    row is compared with the prediction of all rows.

Why it hurts
    The mean over all pairs is smallest when every row is given the same answer, the mean of the targets. Nothing
    fails, the loss falls a little, and the model learns to ignore its input.

How it shows
    An operation on the way to the loss makes more numbers than either of its inputs holds, from two tensors that
    differ only in an axis of size 1. One came from the weights, the other did not.

Fix
    Give both the same rank: `y[:, None]`, `tf.reshape(y, (-1, 1))`, or `tf.squeeze(prediction, axis=-1)`.

Known limits
    Keras lines up the ranks for its own losses and for a plain function given to `compile`, but not for a subclass of
    `keras.losses.Loss`, nor in a `train_step` of one's own. Comparing all rows with all rows on purpose (contrastive
    and ranking losses, kernels) is fine: there both sides come from the weights, or have the same rank.

References
    numpy.org/doc/stable/user/basics.broadcasting.html; keras.io/api/losses, "Creating custom losses".
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import Shape, Stretch
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW118",
    name="targets-broadcast",
    level="error",
    why="shapes are lined up from the right, so each target is compared with the predictions of all rows; "
    "the best answer to that is the same number for every row",
    help="give both the same rank before they meet: `y[:, None]` (or `tf.reshape(y, (-1, 1))`) for the targets, "
    "or `tf.squeeze(prediction, axis=-1)` for the prediction",
    intervention="align_ranks",
    intervention_words="both sides given the same rank",
    explains=("TW113", "TW117", "TW402", "TW401", "TW416"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
y = x[:, 0] - 2 * x[:, 1]
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.02)
for epoch in range(5):
    for i in range(0, 160, 32):
        with tf.GradientTape() as tape:
            prediction = model(x[i : i + 32], training=True)
            loss = tf.reduce_mean(tf.square(y[i : i + 32] - prediction))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = BROKEN.replace("y[i : i + 32] - prediction", "y[i : i + 32, None] - prediction")

MEASURE = "numbers made of one row's target and prediction"


def match(run: Run) -> Match | None:
    """Match when rows were compared with all other rows on the way to a loss, and nothing says that it is meant."""
    found = [one for one in (run.look.stretches if run.look is not None else ()) if _guilty(one)]
    if not found:
        return None
    one = found[0]
    return Match(title=_title(one), evidence=_evidence(one), spans=_spans(run, one))


def measure(run: Run) -> float:
    """Return by how much broadcasting multiplied the numbers where rows met, at most."""
    value = run.seen.facts.get("stretched") if run.seen is not None else None
    return float(value) if isinstance(value, (int, float)) else 1.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether every row is compared with itself alone, which it was not before."""
    return measure(baseline) > 1 and measure(repaired) <= 1 and any(v.moved for v in repaired.variables)


def _guilty(one: Stretch) -> bool:
    return one.kind == "outer" and not one.pairwise


def _count(shape: Shape) -> int:
    made = 1
    for size in shape:
        made *= size or 1
    return made


def _title(one: Stretch) -> str:
    return f"shapes {one.target} and {one.prediction} are stretched to {one.made}"


def _evidence(one: Stretch) -> tuple[Evidence, ...]:
    return (
        Evidence("numbers that reach the loss from this line", _count(one.made), _count(one.prediction)),
        Evidence("shape of the predictions", str(one.prediction)),
        Evidence("shape of what they meet", str(one.target), str(one.prediction)),
    )


def _spans(run: Run, one: Stretch) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    found = [line_span(run.source, one.line, f"{one.target} meets {one.prediction}: {one.made}")]
    if one.prediction_line not in (None, one.line):
        found.append(
            line_span(run.source, one.prediction_line or 1, f"shape {one.prediction} is made here", primary=False)
        )
    return tuple(span for span in found if span is not None)
