"""A plain number changes, and the traced function goes on with the old one.

What happens
    A traced function reads a Python number from outside: a global, a name of the function around it, an attribute. It
    reads it once, while it is traced. The script changes the number later, and the graph keeps the first.

Why it hurts
    A rate that should fall, or a weight that should be warmed up, stays where it was, while prints show the new value.

How it shows
    The number at the call differs from the number at the tracing, and the function was not traced again.

Fix
    Keep the number in a `tf.Variable(..., trainable=False)` and `assign` to it, or pass it as a tensor argument.

Known limits
    Only numbers and text are compared; a tensor that is replaced by another is not looked at. What the function itself
    changes is a side effect (TW128).

References
    www.tensorflow.org/guide/function, "Depending on Python global and free variables", "Depending on Python objects".
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import Captured
from trainwhy.sources import line_span, name_span

DIAGNOSIS = Diagnosis(
    code="TW127",
    name="value-frozen-in-graph",
    level="error",
    why="a traced function reads plain Python values once, while it is traced; in the graph they are constants",
    help="keep the value in a `tf.Variable(..., trainable=False)` and `assign` to it, or pass it as a tensor argument",
    intervention="run_as_python",
    intervention_words="the function run as plain Python",
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(120, 3)).astype("float32")
y = x @ np.array([[1.0], [-2.0], [0.5]], "float32")
w = tf.Variable(tf.zeros([3, 1]))
rate = 0.1

@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(xb, w) - yb))
    w.assign_sub(rate * tape.gradient(loss, w))
    return loss

for epoch in range(6):
    for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(120).batch(30):
        loss = step(xb, yb)
    rate = rate / 2
"""

FIXED = BROKEN.replace("rate = 0.1", "rate = tf.Variable(0.1)").replace("rate = rate / 2", "rate.assign(rate / 2)")

MEASURE = "calls with an outdated value"
FEWEST = 2  # calls with the old value


def match(run: Run) -> Match | None:
    """Match when a value that a function was traced with had changed by later calls."""
    found = [one for one in _values(run) if one.times >= FEWEST]
    if not found:
        return None
    one = max(found, key=lambda c: c.times)
    numbers = (Evidence("value in the graph, and in Python", one.old, one.new),) if one.old is not None else ()
    return Match(
        title=f"`{one.name[:24]}` is frozen in the graph of `{one.function[:20]}`",
        evidence=(Evidence(f"of {one.calls} calls, those with an outdated value", one.times, 0), *numbers),
        spans=_spans(run, one),
    )


def reach(run: Run) -> int | None:
    """Return the steps after which a replay has seen calls with an outdated value."""
    return min((one.step + FEWEST for one in _values(run) if one.times >= FEWEST), default=None)


def measure(run: Run) -> float:
    """Return how many calls used an outdated value."""
    return float(max((one.times for one in _values(run)), default=0))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether every call used the value of its moment."""
    return measure(baseline) > 0 == measure(repaired) and repaired.error is None and repaired.steps > 0


def _values(run: Run) -> list[Captured]:
    return [one for one in (run.seen.captured if run.seen is not None else ()) if one.kind == "value"]


def _spans(run: Run, one: Captured) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    label = "read once, while this function is traced"
    found = name_span(run.source, one.line, one.name, label) or line_span(run.source, one.line, label)
    return () if found is None else (found,)
