"""A layer holds a variable that Keras does not know of.

What happens
    `self.w = tf.Variable(...)` in a Keras 3 layer. The forward pass uses the variable, and `trainable_variables` does
    not list it.

Why it hurts
    No optimizer is ever given its gradient: it keeps its first values for ever. The rest of the model trains around
    it, so the loss may even fall. It is not saved either.

How it shows
    The tape sees the variable, a layer holds it, nobody asks for its gradient, and it does not move.

Fix
    Make it with `self.add_weight(...)`, or as a `keras.Variable`.

Known limits
    A `tf.Variable` made with `trainable=False`, one that the script asks for beside `model.trainable_variables`, and
    one it assigns to by itself are no fault.

References
    keras.io/guides/migrating_to_keras_3, "tf.Variable is not tracked as a layer attribute".
"""

from __future__ import annotations

import math

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import UntrackedSeen
from trainwhy.sources import assigned_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW408",
    name="untracked-variable",
    level="error",
    why="a Keras 3 layer lists the variables made by `add_weight` and `keras.Variable`, not a `tf.Variable` that is "
    "set on it; what is not listed gets no gradient",
    help="make it with `self.add_weight(shape=..., initializer=...)`, or as a `keras.Variable`",
    intervention="track_variables",
    intervention_words="its variables made known to Keras",
    explains=("TW101", "TW102", "TW108", "TW109", "TW110", "TW402", "TW407", "TW416"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, shape):
        self.factor = tf.Variable(tf.ones((shape[-1],)))

    def call(self, x):
        return x * self.factor


x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = 3 * x
model = keras.Sequential([keras.Input((3,)), Scale(), keras.layers.Dense(3)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=3, batch_size=20, verbose=0)
"""

FIXED = BROKEN.replace("tf.Variable(tf.ones((shape[-1],)))", 'self.add_weight(shape=(shape[-1],), initializer="ones")')

MEASURE = "variables that no optimizer is given"
LONGEST = 80  # characters of a title


def match(run: Run) -> Match | None:
    """Match when a layer uses a variable that it does not list, and that never moved."""
    found = _lost(run)
    if not found:
        return None
    first = found[0]
    told = f"`{first.owner}.{first.attribute}` is used and not tracked by Keras"
    many = f"{len(found)} variables of layers are used and not tracked by Keras"
    evidence = [Evidence("variables used and not listed by any layer", len(found), 0), Evidence("of these moved", 0)]
    if first.gradient:
        evidence.append(Evidence(f"gradient of `{first.attribute}`, root mean square", first.gradient))
    return Match(told if len(found) == 1 and len(told) <= LONGEST else many, tuple(evidence), _spans(run, found))


def measure(run: Run) -> float:
    """Count the variables that no optimizer is given."""
    return float(len(_standing(run)))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether they are listed now, and more moves than before."""
    moved = sum(v.moved for v in baseline.variables), sum(v.moved for v in repaired.variables)
    return measure(baseline) > 0 == measure(repaired) and moved[1] > moved[0]


def _standing(run: Run) -> list[UntrackedSeen]:
    return [one for one in (run.seen.untracked if run.seen else ()) if not one.moved]


def _lost(run: Run) -> list[UntrackedSeen]:
    """Leave out what a look found to have no influence on the loss."""
    asked = {one.name: one.gradient for one in (run.look.untracked if run.look else ())}
    found = [(one, asked.get(one.name)) for one in _standing(run)]
    return [_with(one, gradient) for one, gradient in found if gradient != 0 or math.isnan(gradient)]


def _with(one: UntrackedSeen, gradient: float | None) -> UntrackedSeen:
    return UntrackedSeen(one.name, one.owner, one.attribute, one.shape, one.line, gradient, one.moved)


def _spans(run: Run, found: list[UntrackedSeen]) -> tuple[Span, ...]:
    lines = list(dict.fromkeys(one.line for one in found if one.line))
    spans = []
    for place, line in enumerate(lines[:3]):
        label = "used by the forward pass, never trained"
        span = assigned_span(run.source, line, label, place == 0) or line_span(run.source, line, label, place == 0)
        spans += [span] if span else []
    return tuple(spans)
