"""Classes are trained with a loss for numbers.

What happens
    The outputs are probabilities of classes, the targets say which class is right, and the loss is a squared or
    absolute difference.

Why it hurts
    Behind a softmax or sigmoid the gradient of a difference vanishes where the model is sure and wrong, so the
    worst rows are corrected least. Class numbers compared with probabilities mean nothing at all.

How it shows
    A softmax or sigmoid made the predictions, the targets name one class in each row, and a difference of the two
    is minimized.

Fix
    Use `CategoricalCrossentropy` for one-hot rows, `SparseCategoricalCrossentropy` for class numbers,
    `BinaryCrossentropy` for a single 0 or 1.

Known limits
    Soft targets (distillation, label smoothing), expected errors over ordered classes and reconstructions of the
    input are fine. A difference written by hand may be a Brier score on purpose, so it is a warning only.

References
    keras.losses; Brier (1950), "Verification of forecasts expressed in terms of probability".
"""

from __future__ import annotations

from trainwhy.heads import (
    FOLLOWS,
    NORMALIZED,
    WORDS,
    activation_span,
    beside,
    by_hand,
    class_numbers,
    first,
    loss_span,
    one_class_each,
    width,
    zeros_and_ones,
)
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW211",
    name="regression-loss-for-classes",
    level="error",
    why=(
        "behind a softmax or sigmoid the gradient of a difference vanishes where the model is sure and wrong;"
        " that of a cross-entropy does not"
    ),
    help=(
        "use the cross-entropy of the labels: `CategoricalCrossentropy` for one-hot rows, "
        "`SparseCategoricalCrossentropy` for class numbers, `BinaryCrossentropy` for 0 and 1"
    ),
    intervention="cross_entropy_of_classes",
    intervention_words="a cross-entropy in place of this loss",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.eye(3, dtype="float32")[np.argmax(x[:, :3], axis=1)]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.eye(3, dtype="float32")[np.argmax(x[:, :3], axis=1)]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

ROWS = 2  # dimensions of plain rows of outputs


def match(run: Run) -> Match | None:
    """Match when classes meet probabilities in a difference."""
    group = first(run, _classes)
    if not group:
        return None
    head = group[0]
    word, values = WORDS[head.activation], head.y_true.distinct if head.y_true else 0
    what = "a difference written by hand" if by_hand(head) else f"`{head.loss}`"
    return Match(
        title=f"{what} is minimized between probabilities and classes",
        evidence=(Evidence("different targets in a batch, all whole numbers", values), _outputs(head)),
        spans=beside(
            loss_span(run, head, "a difference of numbers"),
            activation_span(run, head, f"`{word}`: probabilities of classes", primary=False),
        ),
        level="warning" if by_hand(head) else None,
    )


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the cross-entropy takes a larger share of its loss away than the difference does."""
    return learned(repaired) >= LEARNED and learned(repaired) > learned(baseline)


def _outputs(head: HeadSeen) -> Evidence:
    return Evidence("outputs of each row", width(head))


def _classes(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.family != "regression" or head.activation not in NORMALIZED or any(one.echo for one in group):
        return False
    if width(head) > 1:
        rows = all(map(one_class_each, group))
        return (rows and (head.activation == "Softmax" or width(head) > ROWS)) or all(map(class_numbers, group))
    shape = head.y_pred.shape if head.y_pred else ()
    return head.activation == "Sigmoid" and len(shape) <= ROWS and all(map(zeros_and_ones, group))
