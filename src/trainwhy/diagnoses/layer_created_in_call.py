"""A layer is made inside `call`, so every call makes a new one.

What happens
    `call` holds a constructor, `layers.Dense(8)(x)`. Each call makes a layer with new random weights, which belong to
    nobody.

Why it hurts
    These weights are never trained: they are others in every step. In a traced function the second one raises.

How it shows
    Several calls of one layer made a layer with weights on the same line.

Fix
    Make layers in `__init__` (or `build`), keep them as attributes, and only call them in `call`.

Known limits
    Layers without weights (an activation, a pooling) made in `call` do no harm and are not reported. So is a layer
    that is made once, at the first call, and kept.

References
    keras.io/guides/making_new_layers_and_models_via_subclassing.
"""

from __future__ import annotations

from trainwhy.crashes import fact, line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW409",
    name="layer-created-in-call",
    level="error",
    why="a layer made in `call` is a new one each time, with new random weights that nothing trains",
    help="make the layer once, in `__init__` or `build`, and only call it in `call`",
    intervention="keep_layers_of_call",
    intervention_words="the layers of the first call kept",
    explains=("TW408", "TW115"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.last = tf.keras.layers.Dense(1)

    def call(self, x):
        return self.last(tf.keras.layers.Dense(16, activation="relu")(x))


x = np.random.default_rng(0).normal(size=(256, 4)).astype("float32")
model = Model()
model.compile("adam", "mse")
model.fit(x, x[:, :1], epochs=2, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf


class Model(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.last = tf.keras.layers.Dense(1)
        self.first = tf.keras.layers.Dense(16, activation="relu")

    def call(self, x):
        return self.last(self.first(x))


x = np.random.default_rng(0).normal(size=(256, 4)).astype("float32")
model = Model()
model.compile("adam", "mse")
model.fit(x, x[:, :1], epochs=2, verbose=0)
"""

MEASURE = "trainable variables that moved"


def match(run: Run) -> Match | None:
    """Match when several calls made layers with weights on one line, or the first such layer broke the script."""
    line, calls = line_of(run, "layers_line"), number(run, "layers_in_calls")
    if line is None or (calls < 2 and not (run.error and run.error.line == line)):  # noqa: PLR2004 - made again
        return None
    kind = str(fact(run, "layers_kind"))
    evidence = (
        Evidence(f"calls that made a `{kind}` there", int(calls), 1),
        Evidence("weights of theirs that nothing trains", int(number(run, "layers_weights")), 0),
    )
    return Match(f"every call makes a new `{kind}` with new weights", evidence, _spans(run, line, kind))


def measure(run: Run) -> float:
    """Return how many trainable variables moved."""
    return float(sum(v.moved for v in run.variables if v.trainable))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script runs, and more of its weights are trained."""
    return repaired.error is None and measure(repaired) > measure(baseline)


def _spans(run: Run, line: int, kind: str) -> tuple[Span, ...]:
    span = call_span(run.source, line, kind, "made anew at every call") or line_span(
        run.source, line, "made anew at every call"
    )
    return (span,) if span else ()
