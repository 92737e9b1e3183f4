"""Probabilities are given to a loss that puts a softmax or sigmoid on them again.

What happens
    The last layer ends in a softmax or sigmoid, and the loss takes what it is given for logits:
    `tf.nn.*_with_logits`, or `from_logits=True` behind one more operation.

Why it hurts
    Values between 0 and 1 as logits are nearly equal: the second softmax can never be sure. The loss has a floor
    far above 0, and the gradient is small everywhere.

How it shows
    What reaches a loss of logits was made by a softmax or a sigmoid, and lies between 0 and 1.

Fix
    Drop one of the two: the last layer's activation, or `from_logits=True` (`tf.nn` losses have no such flag: there
    the activation goes).

Known limits
    Where Keras itself finds the logits behind the activation, nothing is lost and nothing is reported: it looks at
    a tensor that comes right from the activation, not behind a reshape or in another precision.

References
    tf.nn.softmax_cross_entropy_with_logits; keras.losses.SparseCategoricalCrossentropy: from_logits.
"""

from __future__ import annotations

import math

from trainwhy.heads import (
    FOLLOWS,
    NORMALIZED,
    WORDS,
    activation_span,
    beside,
    first,
    loss_span,
    mean,
    reaches_only,
    through,
    wants_logits,
    width,
)
from trainwhy.learning import LEARNED, learned
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW202",
    name="softmax-twice",
    level="error",
    why=(
        "values between 0 and 1 taken for logits make every class nearly equally likely, so the loss keeps a "
        "floor and its gradient stays small"
    ),
    help=(
        "remove the activation of the last layer, or let the loss take probabilities (without "
        "`from_logits=True`): the two are equivalent"
    ),
    intervention="logits_before_loss",
    intervention_words="the values from before the activation given to the loss",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
])
optimizer = keras.optimizers.Adam(0.01)
for step in range(120):
    rows = rng.integers(0, 256, 32)
    with tf.GradientTape() as tape:
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows], model(x[rows]))
        loss = tf.reduce_mean(loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = """\
import keras
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = np.argmax(x[:, :3], axis=1)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
optimizer = keras.optimizers.Adam(0.01)
for step in range(120):
    rows = rng.integers(0, 256, 32)
    with tf.GradientTape() as tape:
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(y[rows], model(x[rows]))
        loss = tf.reduce_mean(loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

MEASURE = "share of the loss's logits outside of 0 to 1"


def match(run: Run) -> Match | None:
    """Match when what a softmax or sigmoid made reaches a loss of logits."""
    group = first(run, lambda one: _twice(run, one))
    if not group:
        return None
    head = group[0]
    word = WORDS[head.activation]
    return Match(
        title=f"a loss of logits puts a second softmax or sigmoid on what `{word}` made",
        evidence=(Evidence("share of logits outside of 0 to 1", mean(group, "outside")), *_floor(head)),
        spans=beside(
            loss_span(run, head, "takes its input for logits"),
            activation_span(run, head, f"`{word}`: already probabilities", primary=False),
        ),
    )


def measure(run: Run) -> float:
    """Return the share of logits outside of 0 to 1 that reach the loss."""
    found = through(run, "outside")
    return math.nan if found is None else found


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether logits reach the loss that no softmax could have made, and the run learns more."""
    before, after = through(baseline, "outside"), through(repaired, "outside")
    opened = before == 0 and after is not None and after > 0
    return opened and learned(repaired) >= LEARNED and learned(repaired) > learned(baseline)


def _twice(run: Run, group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    known = head.activation in NORMALIZED or (head.activation == "RealDiv" and reaches_only(head, 0.0, 1.0))
    one = head.activation == "Softmax" and width(head) == 1  # of one unit: TW203
    return known and not one and all(wants_logits(run, each) for each in group)


def _floor(head: HeadSeen) -> tuple[Evidence, ...]:
    """Say how low this loss can get, where the logits may differ by 1 at most."""
    if head.family == "binary":
        return (Evidence("lowest loss that a label of 0 can reach", math.log(2), 0),)
    return (Evidence("lowest loss that one row can reach", math.log(math.e + width(head) - 1) - 1, 0),)
