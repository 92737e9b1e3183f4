"""Something that should happen at every step happens only while the function is traced.

What happens
    A traced function counts up a Python number, appends to a list or prints. Its Python runs while it is traced, once
    or twice; all later calls run the graph, in which nothing of that is left.

Why it hurts
    The counter stands at one or two, the list holds a tensor without a value, and the print shows no number.

How it shows
    The function was called many times, and the effect happened only as often as it was traced.

Fix
    Return the value and append or count where the function is called; keep a count in a `tf.Variable`; use `tf.print`.

Known limits
    A print of plain text is taken for a note about tracing. So is a counter that is called a count of traces.

References
    www.tensorflow.org/guide/function, "Executing Python side effects".
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import Captured
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW128",
    name="side-effect-in-graph",
    level="error",
    why="the Python of a traced function runs while it is traced; later calls run the graph, which holds only tensors",
    help="do it where the function is called, with what it returns; or use a `tf.Variable`, or `tf.print`",
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
losses = []

@tf.function
def step(xb, yb):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(xb, w) - yb))
    w.assign_sub(0.05 * tape.gradient(loss, w))
    losses.append(loss)
    return loss

for epoch in range(4):
    for xb, yb in tf.data.Dataset.from_tensor_slices((x, y)).shuffle(120).batch(30):
        step(xb, yb)
"""

FIXED = BROKEN.replace("    losses.append(loss)\n", "").replace(
    "        step(xb, yb)", "        losses.append(step(xb, yb))"
)

MEASURE = "share of the calls in which it happened"
FEWEST = 4  # calls
WELL = 0.9


def match(run: Run) -> Match | None:
    """Match when something was done at tracing only, in a function that ran more often."""
    found = [one for one in _effects(run) if _lost(one)]
    if not found:
        return None
    one = found[0]
    done = {"print": "prints", "append": f"appends to `{one.name[:20]}`", "count": f"counts `{one.name[:20]}` up"}
    return Match(
        title=f"`{one.function[:20]}` {done[one.kind]} only while it is traced",
        evidence=(Evidence(f"times it happened in {one.calls} calls", one.times, one.calls),),
        spans=_spans(run, one),
    )


def measure(run: Run) -> float:
    """Return in which share of the calls the rarest effect happened."""
    return min((one.times / one.calls for one in _effects(run) if one.calls), default=0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether it happens at every call now."""
    return measure(baseline) < WELL <= measure(repaired)


def _effects(run: Run) -> list[Captured]:
    return [one for one in (run.seen.captured if run.seen is not None else ()) if one.kind != "value"]


def _lost(one: Captured) -> bool:
    rare = one.calls >= FEWEST and one.traces and one.times <= 2 * one.traces and 2 * one.times < one.calls
    return bool(rare and (one.symbolic or one.kind == "count") and "trac" not in one.name.lower())


def _spans(run: Run, one: Captured) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    found = line_span(run.source, one.line, "runs while it is traced, and then no more")
    return () if found is None else (found,)
