"""A traced function is traced again at every step.

What happens
    `tf.function` makes a graph for each new set of argument types, and every Python number is a type of its own. A step
    number or a rate that is passed as a plain number makes a new graph each time; so does `tf.function` in a loop.

Why it hurts
    Tracing takes a hundred times as long as the step itself, and every graph stays in memory.

How it shows
    The function was traced at (nearly) every call.

Fix
    Pass a tensor (`tf.constant(step)`) or keep the number in a `tf.Variable`; apply `tf.function` once, before
    the loop.

Known limits
    A few graphs for a few shapes are what `tf.function` is made for. Rows of ever new lengths count as retracing too:
    an `input_signature` with `None` for the length helps.

References
    www.tensorflow.org/guide/function, "Controlling retracing".
"""

from __future__ import annotations

from itertools import groupby

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import FunctionSeen
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW129",
    name="retraced-every-step",
    level="error",
    why="each Python number, and each new `tf.function`, is a new graph; making it takes far longer than running it",
    help="pass numbers as tensors (`tf.constant(step)`), and apply `tf.function` once, outside the loop",
    intervention="trace_once",
    intervention_words="numbers passed as tensors to one traced function",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.05)

@tf.function
def step(xb, yb, number):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(yb - model(xb, training=True))) / (1.0 + 0.01 * tf.cast(number, tf.float32))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))

for number in range(20):
    rows = np.random.default_rng(number).choice(160, 32)
    step(x[rows], y[rows], number)
"""

FIXED = BROKEN.replace("y[rows], number)", "y[rows], tf.constant(number))")

MEASURE = "traces for each call"
FEWEST = 6  # calls
MOST = 0.8  # of the calls, that may not be traced
WELL = 0.5


def match(run: Run) -> Match | None:
    """Match when a function of the script was traced at nearly every call, or made anew for every call."""
    own = [one for one in (run.seen.functions if run.seen is not None else ()) if one.line is not None]
    again = [one for one in own if one.calls >= FEWEST and one.traces >= MOST * one.calls]
    if again:
        return _match(
            run, again[0], again[0].traces, again[0].calls, again[0].call_line, "a new graph is made at this call"
        )
    for _, group in groupby(sorted(own, key=_made), key=_made):
        anew = list(group)
        short = all(one.calls <= 2 and one.traces for one in anew)  # noqa: PLR2004 - tried, then used
        if len(anew) >= FEWEST and short:
            calls, traces = sum(one.calls for one in anew), sum(one.traces for one in anew)
            return _match(run, anew[0], traces, calls, anew[0].made_line, "wrapped anew, and so traced anew, each time")
    return None


def measure(run: Run) -> float:
    """Return how many traces each call of the script's own functions cost."""
    own = [one for one in (run.seen.functions if run.seen is not None else ()) if one.line is not None and one.calls]
    return sum(one.traces for one in own) / sum(one.calls for one in own) if own else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether most calls now use a graph that was there."""
    return repaired.error is None and measure(repaired) < WELL * measure(baseline)


def _made(one: FunctionSeen) -> tuple[str, int]:
    return one.name, one.made_line or 0


def _match(run: Run, one: FunctionSeen, traces: int, calls: int, line: int | None, label: str) -> Match:
    spans: list[Span | None] = []
    if line is not None:
        spans.append(call_span(run.source, line, one.name, label) or line_span(run.source, line, label))
    elif one.line is not None:
        spans.append(line_span(run.source, one.line, label))
    return Match(
        title=f"`{one.name[:30]}` is traced at {traces} of {calls} calls",
        evidence=(Evidence("times the function was traced", traces, 1), Evidence("calls of it", calls)),
        spans=tuple(span for span in spans if span is not None),
    )
