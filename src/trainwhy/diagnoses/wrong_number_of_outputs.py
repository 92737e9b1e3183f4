"""The outputs do not match the classes: too many units, or a softmax over the wrong axis.

What happens
    The last layer has many more units than there are classes, or its softmax divides by a sum over the batch or over
    time instead of over the classes.

Why it hurts
    Units without a class take part in every softmax and are only ever pushed down; the model may answer classes that do
    not exist. With the wrong axis the probabilities of one row do not sum to 1, and rows compete with each other.

How it shows
    The largest label of all targets is below half of the number of outputs; or the outputs of a softmax do not sum to 1
    for each row.

Fix
    Set the number of units to the number of classes. Leave the softmax at its last axis (`axis=-1`).

Known limits
    Where not all targets can be seen, nothing is said of their number. Vocabularies and other targets in sequences are
    left alone.

References
    keras.io/api/layers/activations, softmax.
"""

from __future__ import annotations

import math

from trainwhy import beginnings
from trainwhy.heads import FOLLOWS, class_numbers, heads, width
from trainwhy.learning import LEARNED
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run, Span
from trainwhy.seen import HeadSeen, LossCall

DIAGNOSIS = Diagnosis(
    code="TW215",
    name="wrong-number-of-outputs",
    level="error",
    why="a softmax shares one unit of probability among all its outputs, so they must be the classes of one row",
    help="set the last layer's units to the number of classes, and take the softmax over the last axis",
    intervention="softmax_over_classes",
    intervention_words="the softmax taken over the classes",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
x = np.random.default_rng(0).normal(size=(320, 5)).astype("float32")
y = x[:, :3].argmax(axis=1)
w = tf.Variable(tf.random.normal([5, 3], stddev=0.3))
optimizer = tf.keras.optimizers.Adam(0.05)
for start in range(0, 320, 16):
    with tf.GradientTape() as tape:
        probabilities = tf.nn.softmax(x[start:start + 16] @ w, axis=0)
        right = tf.one_hot(y[start:start + 16], 3)
        loss = -tf.reduce_mean(tf.reduce_sum(right * tf.math.log(probabilities), axis=1))
    gradients = tape.gradient(loss, [w])
    optimizer.apply_gradients(zip(gradients, [w]))
"""

FIXED = BROKEN.replace("axis=0", "axis=1")
MEASURE = "distance of row sums from 1, else the loss"
PASSING = frozenset({"Identity", "Reshape", "Cast", "AddV2", "Add", "Maximum", "Minimum", "ClipByValue"})
TIMES = 2  # outputs for each class that there is
OFF = 0.01  # of 1, by which a row's probabilities may miss it


def match(run: Run) -> Match | None:
    """Match a softmax over the wrong axis, or many more outputs than classes."""
    return _wrong_axis(run) or _too_many(run)


def measure(run: Run) -> float:
    """Return how far the sum of a row's probabilities is from 1; of a loss worked out by hand, the loss."""
    off = _rows_off(run)
    return off if off is not None else beginnings.tail(run) or math.nan


def recovered(baseline: Run, repaired: Run) -> bool | None:
    """Tell whether every row sums to 1 now, in a run that learns; Keras' losses divide by the sum and so hide it."""
    before, after = _rows_off(baseline), _rows_off(repaired)
    if before is None or after is None:
        return None
    return before > OFF >= after and beginnings.learned(repaired) >= LEARNED


def _rows_off(run: Run) -> float | None:
    found = [one for head in (run.seen.heads if run.seen else ()) for one in head.row_sums or ()]
    return max((abs(one - 1) for one in found), default=None)


# ------------------------------------------------------------------------------------------- the axis


def _wrong_axis(run: Run) -> Match | None:
    found = _turned(run)
    if found is None or found[1].numbers is None or found[1].numbers.row_sums is None:
        return None
    softmax, result = found
    low, high = found[1].numbers.row_sums
    evidence = (
        Evidence("smallest sum of one row's probabilities", low, 1.0),
        Evidence("largest sum of one row's probabilities", high, 1.0),
        *beginnings.course(run),
    )
    layer = beginnings.layer_of(run, result.outputs)
    lines = (softmax.layer_line or softmax.line or 0,) if layer is None or not layer.lines else layer.lines
    if softmax.line and softmax.line not in _outer(run):
        lines = (softmax.line,)
    span = beginnings.made_span(run, lines, "softmax", "divides by a sum over another axis")
    return Match("the softmax is taken over another axis than the classes", evidence, beginnings.spans(span))


def _outer(run: Run) -> set[int | None]:
    return {fit.line for fit in (run.seen.fits if run.seen else ())}


def _turned(run: Run) -> tuple[Op, Op] | None:
    """A softmax between two transpositions, whose result goes straight to the loss."""
    made = {key: op for op in run.ops for key in op.outputs}
    way = beginnings.way_to_loss(run)
    ends = [made[c.pred_key] for c in beginnings.losses(run) if c.pred_key in made and _used(way, c)]
    ends += [
        made[op.inputs[0]] for op in run.ops if op.recording and op.type == "Log" and op.inputs and op.inputs[0] in made
    ]
    for end in ends:
        result = end
        while result.type in PASSING and result.inputs and result.inputs[0] in made:
            result = made[result.inputs[0]]
        if result.type != "Transpose" or not _off(result):
            continue
        softmax = made.get(result.inputs[0])
        if (
            softmax is not None
            and softmax.type == "Softmax"
            and made.get(softmax.inputs[0], softmax).type == "Transpose"
        ):
            return softmax, result
    return None


def _used(way: tuple[Op, ...], call: LossCall) -> bool:
    """Tell whether the loss computes with its prediction, and not with logits that Keras found behind it."""
    return any(call.pred_key in op.inputs for op in way)


def _off(op: Op) -> bool:
    sums = op.numbers.row_sums if op.numbers else None
    return sums is not None and (op.shape[-1] or 0) > 1 and max(abs(sums[0] - 1), abs(sums[1] - 1)) > OFF


# ------------------------------------------------------------------------------------------- the number


def _too_many(run: Run) -> Match | None:
    for head in heads(run):
        most = _classes(run, head)
        if head.family == "sparse" and most is not None and width(head) >= max(TIMES * most, most + 2):
            evidence = (
                Evidence("outputs", width(head), most),
                Evidence("largest label of all targets", most - 1, width(head) - 1),
            )
            title = f"the model has {width(head)} outputs for {most} classes"
            return Match(title, evidence, beginnings.spans(_place(run, head)))
    return None


def _classes(run: Run, head: HeadSeen) -> int | None:
    """The number of classes, when every target is known: one for each row, and none larger anywhere."""
    true = head.y_true
    if true is None or not class_numbers(head) or math.prod(n or 1 for n in true.shape[1:]) != 1:
        return None
    if head.y_pred is None or len(head.y_pred.shape) != 2:  # noqa: PLR2004 - rows and classes
        return None
    whole = [
        t for t in (run.seen.targets if run.seen else ()) if t.low is not None and t.high is not None and t.low >= 0
    ]
    fitting = [t for t in whole if len(t.shape) == 1 or t.shape[-1] == 1]
    known = [t.high for t in fitting if t.high is not None and true.high is not None and t.high >= true.high]
    rows = [t.shape[0] or 0 for t in fitting]
    return int(max(known)) + 1 if known and max(rows) >= 5 * width(head) // 2 and max(known) >= 1 else None


def _place(run: Run, head: HeadSeen) -> Span | None:
    label = f"{width(head)} outputs"
    made = [
        one
        for one in beginnings.layers(run)
        if one.parameters and one.made is not None and one.made.shape[-1:] == (width(head),)
    ]
    if made:
        return beginnings.made_span(run, made[-1].lines, made[-1].kind, label)
    line = head.layer_line or head.activation_line or head.line
    return beginnings.made_span(run, (line,) if line else (), head.layer, label)
