"""The numbers a train step returns are replaced by metrics that nobody updates.

What happens
    `train_step` returns `{"loss": loss}`, and the model has a metric of that name which is never given anything. When
    the returned names are those of the model's metrics, `fit` logs the metrics instead of the numbers.

Why it hurts
    The history says 0.0 in every epoch. Callbacks that monitor it (early stopping, checkpoints, plateaus) act on
    nothing.

How it shows
    The step returned a number, the metric of the same name holds none, and the log shows the metric.

Fix
    Give the number to a `keras.metrics.Mean(name="loss")` listed in `metrics`, and return its `result()`.

Known limits
    Other names than those of the metrics are logged as they are, with the last batch's numbers.

References
    keras.io/guides/custom_train_step_in_tensorflow.
"""

from __future__ import annotations

import ast

from trainwhy.crashes import fact, line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import line_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW136",
    name="history-shadowed",
    level="error",
    why=(
        "when the returned names are those of the model's metrics, `fit` shows the metrics, and these "
        "were never updated"
    ),
    help="update a `keras.metrics.Mean` that is listed in `metrics` with the value, and return its `result()`",
    intervention="update_shadowed_metrics",
    intervention_words="the metrics updated with what the step returned",
    explains=("TW121", "TW122", "TW219"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf


class Model(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(x, training=True) - y))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}


x = np.random.default_rng(0).normal(size=(256, 4)).astype("float32")
inputs = tf.keras.Input((4,))
model = Model(inputs, tf.keras.layers.Dense(1)(inputs))
model.compile(optimizer="adam")
model.fit(x, x[:, :1], epochs=3, verbose=0)
"""

FIXED = """\
import numpy as np
import tensorflow as tf


class Model(tf.keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(x, training=True) - y))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self._loss_tracker.update_state(loss)
        return {"loss": self._loss_tracker.result()}


x = np.random.default_rng(0).normal(size=(256, 4)).astype("float32")
inputs = tf.keras.Input((4,))
model = Model(inputs, tf.keras.layers.Dense(1)(inputs))
model.compile(optimizer="adam")
model.fit(x, x[:, :1], epochs=3, verbose=0)
"""

MEASURE = "names logged as 0 although the step returned something else"


def match(run: Run) -> Match | None:
    """Match when a step returns a number, and its metric of that name is empty."""
    names = int(number(run, "shadowed"))
    if not names:
        return None
    name = str(fact(run, "shadowed_name"))
    evidence = (
        Evidence(f"`{name}` as it is logged", number(run, "shadowed_shown"), number(run, "shadowed_given")),
        Evidence("names whose metric was never updated", names, 0),
    )
    return Match(f"`fit` logs an empty metric instead of the `{name}` that the step returns", evidence, _spans(run))


def measure(run: Run) -> float:
    """Return how many names are shadowed."""
    return number(run, "shadowed")


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether every metric now holds what was returned."""
    return measure(baseline) > 0 == measure(repaired) and repaired.steps > 0


def _spans(run: Run) -> tuple[Span, ...]:
    first = line_of(run, "shadowed_line")
    line = _returning(run.source, first) if first else None
    span = line_span(run.source, line, "replaced by metrics of the same names") if line else None
    return (span,) if span else ()


def _returning(source: str, first: int) -> int | None:
    """Return the last `return` of the function that begins on a line. The log did show it: this only aims the arrow."""
    found: int | None = None
    for node in nodes_of(source):
        if isinstance(node, ast.FunctionDef) and node.lineno <= first <= (node.body[0].lineno or first):
            found = max((n.lineno for n in ast.walk(node) if isinstance(n, ast.Return)), default=node.lineno)
    return found
