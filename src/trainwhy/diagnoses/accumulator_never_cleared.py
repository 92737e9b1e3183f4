"""Gradients are summed up and never set back, or turned into zeros, before they are applied.

What happens
    An accumulator keeps the gradients of all batches so far: every update repeats all earlier ones. Or the opposite:
    the gradients are clipped to a norm of 0, and every update is nothing.

Why it hurts
    The sum grows with every step, old gradients outweigh new ones, and the weights overshoot. Clipped to 0 they never
    move.

How it shows
    What the optimizer gets points along the sum of all gradients so far, not along the sum since the last update; or
    it is 0 while the tape's own answer is not.

Fix
    Set the accumulator back to zeros after each update; clip to a norm above 0.

Known limits
    Known from the first updates only (three, or 24 steps). `clipvalue=0.0` and `clipnorm=0.0` of Keras' optimizers are
    ignored there, and fine. An accumulator of a loop without an optimizer is not seen.

References
    keras.io/api/optimizers, `gradient_accumulation_steps`; www.tensorflow.org/api_docs/python/tf/clip_by_norm.
"""

from __future__ import annotations

from trainwhy.crashes import line_of, number
from trainwhy.dataflow import downstream
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW131",
    name="accumulator-never-cleared",
    level="error",
    why=(
        "an update repeats all gradients that were ever added when the sum is not set back, and none "
        "when they are cut to 0"
    ),
    help="set the accumulator back to zeros after each update; where gradients are clipped, clip to a norm above 0",
    intervention="pass_on_new_gradients",
    intervention_words="only the gradients since the last update applied",
    explains=("TW101", "TW401", "TW402", "TW414"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
x = np.random.randn(256, 4).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.2)
model.build((None, 4))
total = [tf.zeros_like(v) for v in model.trainable_variables]
for step in range(80):
    rows = np.random.choice(256, 32)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x[rows], training=True) - y[rows]))
    gradients = tape.gradient(loss, model.trainable_variables)
    total = [t + g / 2 for t, g in zip(total, gradients)]
    if step % 2:
        optimizer.apply_gradients(zip(total, model.trainable_variables))
"""

FIXED = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
x = np.random.randn(256, 4).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.SGD(0.2)
model.build((None, 4))
total = [tf.zeros_like(v) for v in model.trainable_variables]
for step in range(80):
    rows = np.random.choice(256, 32)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x[rows], training=True) - y[rows]))
    gradients = tape.gradient(loss, model.trainable_variables)
    total = [t + g / 2 for t, g in zip(total, gradients)]
    if step % 2:
        optimizer.apply_gradients(zip(total, model.trainable_variables))
        total = [tf.zeros_like(v) for v in model.trainable_variables]
"""

FEWEST = 2  # updates that have to show it


def match(run: Run) -> Match | None:
    """Match when updates hold all gradients so far, or zeros where the tape had answered something else."""
    updates = number(run, "compared", look=True)
    kept = number(run, "applied_everything", look=True)
    if kept >= FEWEST and kept >= updates - 1:
        return _match_kept(run, int(updates), int(kept))
    zeros = number(run, "applied_zero", look=True)
    if zeros >= FEWEST and zeros == updates and not any(v.moved for v in run.variables if v.trainable):
        return _match_zero(run, int(updates), int(zeros))
    return None


def _match_kept(run: Run, updates: int, kept: int) -> Match:
    ratio = number(run, "everything_ratio", look=True)
    evidence = (
        Evidence(f"of {updates} updates, that hold all gradients so far", kept, 0),
        Evidence("length of the sum that is applied / of what is new in it", ratio, 1),
    )
    return Match(
        "every update holds the gradients of all updates before it",
        evidence,
        _applied(run, "a sum that is never set back"),
    )


def _match_zero(run: Run, updates: int, zeros: int) -> Match:
    evidence = (
        Evidence(f"of {updates} updates, that are 0 everywhere", zeros, 0),
        Evidence("norm of the gradients they were made from", number(run, "zero_from", look=True)),
    )
    line = _cut_line(run)
    cut = line_span(run.source, line, "what comes out here is 0 everywhere") if line else None
    applied = _applied(run, "given zeros", primary=cut is None)
    return Match(
        "the gradients are turned into zeros before they are applied", evidence, tuple(s for s in (cut, *applied) if s)
    )


def _cut_line(run: Run) -> int | None:
    """Return the line of the last operation between the tape's answer and the optimizer."""
    keys = [g.tensor for call in run.gradient_calls[:1] for g in call.gradients if g.tensor]
    asked = next((call.line for call in run.gradient_calls if call.line), None)
    applied = line_of(run, "compared_line", look=True)
    lines = [
        op.line for op in downstream(run.ops, keys) if op.line and op.line not in (asked, applied) and not op.recording
    ]
    return lines[0] if lines else None


def _applied(run: Run, label: str, *, primary: bool = True) -> tuple[Span, ...]:
    line = line_of(run, "compared_line", look=True)
    if line is None:
        return ()
    found = call_span(run.source, line, "apply_gradients", label, primary) or call_span(
        run.source, line, "apply", label, primary
    )
    found = found or line_span(run.source, line, label, primary)
    return (found,) if found else ()
