"""A logarithm in the loss meets zero.

What happens
    A loss of one's own takes `log(p)` of a probability, a count or a quotient. As soon as one of them is exactly 0 (a
    sigmoid rounds to 0 or 1 beyond 17), the logarithm is minus infinity.

Why it hurts
    Infinity times zero is NaN. One such row makes the loss NaN, the gradients NaN, and after one step every weight.

How it shows
    The logarithm gave infinities in the first step; or it takes a bare sigmoid or softmax, and the loss became NaN in a
    training that had not grown before.

Fix
    Use the library's loss, best with logits (`BinaryCrossentropy(from_logits=True)`); or add a small number or clip:
    `tf.math.log(tf.clip_by_value(p, 1e-7, 1.0))`. For counts `tf.math.log1p`.

Known limits
    A logarithm behind a clip or with a small number added is left alone, and so is NaN that comes from growing numbers.

References
    www.tensorflow.org/api_docs/python/tf/debugging/enable_check_numerics.
"""

from __future__ import annotations

import math

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW218",
    name="log-of-zero",
    level="error",
    why="the logarithm of 0 is minus infinity, and infinity times zero in the loss or its gradient is NaN",
    help="use the library's loss with logits, or keep the argument above zero: `log(p + 1e-7)`, a clip, or `log1p`",
    intervention="log_above_zero",
    intervention_words="the argument of the logarithm kept above 1e-7",
    explains=("TW401", "TW402", "TW414", "TW416", "TW417", "TW313"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 4)).astype("float32")
votes = np.random.multinomial(3, [0.3, 0.3, 0.4], size=320)
x[:, :3] += votes
shares = (votes / 3).astype("float32")


def divergence(y_true, y_pred):
    return tf.reduce_sum(y_true * tf.math.log(y_true / y_pred), axis=-1)


model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.Adam(0.01), divergence)
model.fit(x, shares, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("y_true / y_pred", "(y_true + 1e-7) / (y_pred + 1e-7)")
MEASURE = "share of weights that are finite at the end"
LOGS = frozenset({"Log", "Log1p", "Xlogy"})
BARE = frozenset({"Sigmoid", "Softmax", "Relu"})
PASSING = frozenset({"Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "GatherNd", "GatherV2", "Sum", "Mul"})
GROWN = 10.0  # times its first value: a loss that grew so far is another matter


def match(run: Run) -> Match | None:
    """Match a logarithm that made the loss infinite or NaN."""
    if run.look is None or not (beginnings.broke(run) or _broken_at_once(run)):
        return None
    logs = [op for op in run.ops if op.type in LOGS and op.recording and op.numbers is not None]
    endless = [
        op for op in logs if op.numbers is not None and (op.numbers.infinities or op.numbers.nans) and _made_it(run, op)
    ]
    if endless:
        count = (endless[0].numbers.infinities + endless[0].numbers.nans) if endless[0].numbers else 0
        return _match(
            run, endless[0], Evidence("results of the logarithm that are not finite at the first step", count, 0)
        )
    bare = [op for op in logs if _bare(run, op)]
    if bare and not _grew(run):
        return _match(run, bare[0], Evidence("logarithms of a bare probability", len(bare), 0))
    return None


def _match(run: Run, op: Op, evidence: Evidence) -> Match:
    line = op.line or 0
    label = "is minus infinity as soon as this is 0"
    span = call_span(run.source, line, "log", label) or line_span(run.source, line, label)
    return Match(
        "a logarithm in the loss meets 0, and the loss is no number any more",
        (evidence, *_steps(run)),
        beginnings.spans(span),
    )


def _steps(run: Run) -> tuple[Evidence, ...]:
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    values = values or [e.loss for e in run.epochs]
    place = next((i for i, v in enumerate(values) if not math.isfinite(v)), None)
    return () if place is None else (Evidence("losses that were finite before", place, len(values)),)


def _broken_at_once(run: Run) -> bool:
    loss = beginnings.first_loss(run)
    return loss is not None and not math.isfinite(loss)


def _made_it(run: Run, op: Op) -> bool:
    """Tell whether what the logarithm was given is finite itself."""
    given = next((one for one in run.ops if op.inputs and op.inputs[0] in one.outputs), None)
    return given is None or given.numbers is None or not (given.numbers.nans or given.numbers.infinities)


def _bare(run: Run, op: Op) -> bool:
    """Tell whether a logarithm takes a sigmoid, a softmax, or one minus it, with nothing added and nothing clipped."""
    made = {key: one for one in run.ops for key in one.outputs}
    waiting, seen = list(op.inputs[:1]), set()
    while waiting:
        one = made.get(waiting.pop())
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        if one.type in BARE:
            return True
        if one.type in PASSING or (one.type == "Sub" and one.input_shapes[:1] == ((),)):
            waiting.extend(one.inputs)
    return False


def _grew(run: Run) -> bool:
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    finite = [v for v in values if math.isfinite(v)]
    first = beginnings.first_loss(run)
    return bool(finite) and first is not None and abs(finite[-1]) > GROWN * abs(first)


def measure(run: Run) -> float:
    """Return the share of weights that hold numbers at the end."""
    ends = [w.end for w in (run.seen.weights if run.seen else ()) if w.trainable and w.end is not None]
    return sum(not (e.nans or e.infinities) for e in ends) / len(ends) if ends else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether all weights stay finite now."""
    return measure(baseline) < 1.0 == measure(repaired)
