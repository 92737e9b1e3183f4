"""Classes of which exactly one is right are trained with a binary cross-entropy.

What happens
    The outputs are one softmax over several classes, or one unit for class numbers 0, 1, 2, and the loss is made
    for yes-or-no labels.

Why it hurts
    Each class is scored for itself and the scores are averaged: most of the loss is about classes that are not
    there. Binary accuracy is high from the first epoch on, for any guess. One unit cannot name a third class at
    all.

How it shows
    Rows of targets have exactly one 1 among three or more classes behind a softmax, or single targets take three or
    more whole values.

Fix
    Use `CategoricalCrossentropy` for rows with one 1, `SparseCategoricalCrossentropy` for class numbers, with as
    many units as classes.

Known limits
    Two classes, and sigmoids for one class against the rest, are fine.

References
    keras.losses.CategoricalCrossentropy; keras.losses.SparseCategoricalCrossentropy.
"""

from __future__ import annotations

import math

from trainwhy import beginnings
from trainwhy.heads import FOLLOWS, activation_span, beside, by_hand, first, heads, loss_span, one_class_each, width
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW205",
    name="binary-loss-for-many-classes",
    level="error",
    why=(
        "a binary cross-entropy asks each class for itself, so the many classes that are not there outweigh "
        "the one that is"
    ),
    help=(
        "use `CategoricalCrossentropy` for one-hot rows or `SparseCategoricalCrossentropy` for class numbers,"
        " with one output for each class"
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
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="binary_crossentropy")
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
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

MANY = 3
CROSS = frozenset({"categorical_crossentropy", "sparse_categorical_crossentropy"})
MOST = 50  # different whole values that still look like classes


def match(run: Run) -> Match | None:
    """Match when one class of several is right, and each is asked for itself."""
    group = first(run, _softmax)
    if group:
        return _over_softmax(run, group[0])
    group = first(run, _one_unit)
    return _over_one_unit(run, group[0]) if group else None


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the cross-entropy gets further below a blind guess than the binary loss does below its own.

    A guess that knows only how many classes there are is what every training reaches first: a binary loss falls a long
    way to it, a cross-entropy begins there.
    """
    if learned(repaired) < LEARNED:
        return False
    classes = max((width(head) for head in heads(baseline)), default=1)
    before, after = beginnings.tail(baseline), beginnings.tail(repaired)
    if classes < MANY or before is None or after is None:
        return learned(repaired) > learned(baseline)
    if not any(head.loss in CROSS for head in (repaired.seen.heads if repaired.seen else ())):
        return False
    one = 1 / classes
    blind = -one * math.log(one) - (1 - one) * math.log(1 - one)
    return after / math.log(classes) < before / blind


def _over_softmax(run: Run, head: HeadSeen) -> Match:
    classes = width(head)
    return Match(
        title=f"a binary loss scores {classes} classes one by one, though one of them is right",
        evidence=(
            Evidence("labels of each row", 1),
            Evidence("share of right answers that binary accuracy gives for no answer", 1 - 1 / classes, 1 / classes),
        ),
        spans=beside(
            loss_span(run, head, "yes or no for each class"),
            activation_span(run, head, f"one distribution over {classes} classes", primary=False),
        ),
    )


def _over_one_unit(run: Run, head: HeadSeen) -> Match:
    values = head.y_true.distinct if head.y_true else 0
    return Match(
        title="one output with a binary loss stands for more than two classes",
        evidence=(Evidence("different labels in a batch", values, 2),),
        spans=beside(
            loss_span(run, head, f"knows 2 labels, was given {values}"),
            activation_span(run, head, "one output", primary=False),
        ),
    )


def _softmax(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    fits = head.family == "binary" and head.activation == "Softmax" and not by_hand(head)
    return fits and width(head) >= MANY and all(map(one_class_each, group))


def _one_unit(group: tuple[HeadSeen, ...]) -> bool:
    head, true = group[0], group[0].y_true
    if head.family != "binary" or true is None or not true.whole or true.low is None or true.high is None:
        return False
    return true.distinct >= MANY and true.low >= 0 and true.high <= MOST and width(head) == 1 and len(true.shape) <= 2  # noqa: PLR2004
