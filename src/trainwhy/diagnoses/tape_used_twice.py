"""A tape that answers once is asked a second time.

What happens
    Two gradients are asked of one `tf.GradientTape`, which lets go of what it recorded as soon as it has answered.

Why it hurts
    The second question raises a RuntimeError in the first step, and nothing is trained.

How it shows
    The same tape was asked before and had answered; the second question is the line that raises.

Fix
    Ask once for everything, `tape.gradient(loss, [a, b])`, or make the tape `persistent=True` (two losses, as in a
    GAN).

Known limits
    A tape that is opened a second time records anew and may be asked again; that is fine.

References
    www.tensorflow.org/guide/autodiff, "Gradient tapes"; keras.io/guides/custom_train_step_in_tensorflow.
"""

from __future__ import annotations

from trainwhy.crashes import STEPS, line_of, runs_on
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span, with_span

DIAGNOSIS = Diagnosis(
    code="TW130",
    name="tape-used-twice",
    level="error",
    why="a tape lets go of what it recorded once it has answered; only a persistent one keeps it for a second question",
    help="ask once for all variables, or open the tape with `tf.GradientTape(persistent=True)`",
    intervention="keep_the_tape",
    intervention_words="tapes that may be asked more than once",
    explains=("TW102", "TW103"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
x = np.random.randn(256, 4).astype("float32")
y = x @ np.array([[1.0], [-2.0], [0.5], [0.0]], "float32")
w, b = tf.Variable(tf.zeros([4, 1])), tf.Variable(tf.zeros([1]))
for epoch in range(20):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(x @ w + b - y))
    w.assign_sub(0.1 * tape.gradient(loss, w))
    b.assign_sub(0.1 * tape.gradient(loss, b))
"""

FIXED = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
x = np.random.randn(256, 4).astype("float32")
y = x @ np.array([[1.0], [-2.0], [0.5], [0.0]], "float32")
w, b = tf.Variable(tf.zeros([4, 1])), tf.Variable(tf.zeros([1]))
for epoch in range(20):
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean(tf.square(x @ w + b - y))
    w.assign_sub(0.1 * tape.gradient(loss, w))
    b.assign_sub(0.1 * tape.gradient(loss, b))
"""

MEASURE = STEPS


def match(run: Run) -> Match | None:
    """Match when the script broke down on a question to a tape that had answered already."""
    line = line_of(run, "tape_again_line")
    if line is None or run.error is None or run.error.type != "RuntimeError":
        return None
    evidence = Evidence("questions to a tape that answers once", 2, 1)
    return Match("a tape that answers once is asked a second time", (evidence,), _spans(run, line))


def measure(run: Run) -> float:
    """Return how many steps were made."""
    return float(run.steps if run.error is None else 0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the script runs on."""
    return runs_on(baseline, repaired)


def _spans(run: Run, line: int) -> tuple[Span, ...]:
    first, opened = line_of(run, "tape_first_line"), line_of(run, "tape_line")
    again = call_span(run.source, line, "gradient", "asked again: nothing is left") or line_span(
        run.source, line, "asked again: nothing is left"
    )
    before = call_span(run.source, first, "gradient", "answered here", primary=False) if first else None
    tape = with_span(run.source, opened, "a tape that answers once", primary=False) if opened else None
    return tuple(span for span in (again, before if first != line else None, tape) if span is not None)
