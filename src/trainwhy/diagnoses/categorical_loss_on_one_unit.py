"""A categorical cross-entropy over a single output.

What happens
    `categorical_crossentropy` compares a distribution over classes with another. With one output there is one class,
    and the distribution over it is 1 whatever the model says.

Why it hurts
    Predictions are divided by their sum, or go through a softmax, so the one value becomes 1 and its logarithm 0. The
    loss is 0 (or a constant) from the first step on, and so is the gradient.

How it shows
    The loss is a categorical cross-entropy and its predictions have one column; the gradients are zero.

Fix
    Use `binary_crossentropy` with a sigmoid on the one unit, or one unit for each class with a softmax.

Known limits
    The sparse form fails on its own as soon as a label other than 0 comes.

References
    keras.io/api/losses/probabilistic_losses.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.heads import FOLLOWS, activation_span, beside, first, loss_span, width
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW223",
    name="categorical-loss-on-one-unit",
    level="error",
    why="a distribution over one class is always 1, so its cross-entropy is constant and has no gradient",
    help='use `binary_crossentropy` with one sigmoid unit, or one unit for each class with `activation="softmax"`',
    intervention="binary_for_one_unit",
    intervention_words="a binary cross-entropy on the one output",
    explains=(*FOLLOWS, "TW219", "TW206", "TW201", "TW203"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(256, 4)).astype("float32")
y = (x[:, :1] - x[:, 1:2] > 0).astype("float32")
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="categorical_crossentropy")
model.fit(x, y, epochs=6, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace('"categorical_crossentropy"', '"binary_crossentropy"')


def match(run: Run) -> Match | None:
    """Match when a categorical cross-entropy is given one column."""
    group = first(run, lambda heads: all(_one_column(head) for head in heads))
    if not group:
        return None
    head = group[0]
    evidence = (
        Evidence("outputs the categorical cross-entropy is given", 1, 2),
        *beginnings.course(run),
    )
    spans = beside(
        loss_span(run, head, "compares distributions over one class"),
        activation_span(run, head, "one output", primary=False),
    )
    return Match("a categorical cross-entropy is computed over a single output", evidence, spans)


def _one_column(head: HeadSeen) -> bool:
    pred = head.y_pred
    return (
        head.family == "categorical"
        and bool(head.owner)
        and pred is not None
        and len(pred.shape) > 1
        and width(head) == 1
    )
