"""The loss does not depend on the targets, or not on the data at all.

What happens
    A slip put the wrong tensor into the loss: the prediction is compared with itself, with labels that were made from
    it, or a penalty on the weights took the place of the loss.

Why it hurts
    The optimizer minimises what it is given. The loss may fall to 0 while the model learns nothing about the targets.

How it shows
    Following the operations of the first step back from the loss, both sides of the comparison are the same tensor; or
    the targets were computed from the prediction; or the loss that was computed is not on the way.

Fix
    Compare the prediction with the targets of the batch, and add penalties (`loss += penalty`).

Known limits
    Losses without targets (contrastive, reconstruction, likelihoods, pseudo-labels beside real ones) are left alone.

References
    www.tensorflow.org/guide/autodiff.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.dataflow import upstream
from trainwhy.results import Diagnosis, Evidence, GradientCall, Match, Op, Run
from trainwhy.seen import LossCall
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW219",
    name="loss-ignores-data",
    level="error",
    why="the optimizer minimises what it is given, and nothing in this loss says what the targets are",
    help="compare the prediction with the targets of the batch; a penalty is added to the loss (`loss += penalty`)",
    explains=("TW401", "TW402", "TW416", "TW417", "TW301", "TW216", "TW415", "TW402"),
    practice="script",
)
UNREPAIRED = "what the loss was meant to compare is written nowhere in the run"

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(0)
x = np.random.normal(size=(256, 4)).astype("float32")
y = x[:, :1] - x[:, 1:2]


def squared(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_pred - y_pred))


model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), loss=squared)
model.fit(x, y, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("y_pred - y_pred", "y_true - y_pred")
COMPARING = frozenset({"Sub", "SquaredDifference"})
PASSING = frozenset({"Identity", "StopGradient", "Cast", "Reshape", "Snapshot", "Squeeze", "ExpandDims"})
DECIDING = frozenset({"ArgMax", "Round", "Greater", "GreaterEqual", "OneHot"})


def match(run: Run) -> Match | None:
    """Match a prediction compared with itself, labels made from it, or a loss that is not on the way."""
    calls = [c for c in run.gradient_calls if c.step == 0 and c.target is not None]
    if run.look is None or not calls:
        return None
    way = tuple(op for call in calls for op in upstream(run.ops, call.target))
    return _itself(run, calls, way) or _own_labels(run, way) or _overwritten(run, way)


def _itself(run: Run, calls: list[GradientCall], way: tuple[Op, ...]) -> Match | None:
    """A difference of one tensor and itself, and no gradient for any weight."""
    given = [g for call in calls for g in call.gradients if g.present]
    if not given or any(g.norm is None or g.norm > 0 for g in given):
        return None
    made = {key: op for op in run.ops for key in op.outputs}
    for op in way:
        if op.type in COMPARING and len(op.inputs) > 1 and len({_root(made, key) for key in op.inputs[:2]}) == 1:
            evidence = (
                Evidence("weights whose gradient is not zero", 0, len(given)),
                Evidence("largest difference in the loss", op.numbers.high if op.numbers else 0.0, "more than 0"),
            )
            return _said(
                run, "the loss compares the prediction with itself", op.line, "both sides are the same tensor", evidence
            )
    return None


def _root(made: dict[str, Op], key: str) -> str:
    for _ in range(8):
        op = made.get(key)
        if op is None or op.type not in PASSING or not op.inputs:
            return key
        key = op.inputs[0]
    return key


def _own_labels(run: Run, way: tuple[Op, ...]) -> Match | None:
    """Every loss on the way takes its targets from decisions about the very prediction it is given."""
    used = {key for op in way for key in (*op.inputs, *op.outputs)}
    calls = [c for c in beginnings.losses(run) if c.step == 0 and c.value_key in used]
    echoing = [c for c in calls if _decided(run, c)]
    if not echoing or len(echoing) < len(calls):
        return None
    first = echoing[0]
    evidence = (
        Evidence("losses that see targets from the data", 0, len(calls)),
        *beginnings.course(run),
    )
    return _said(
        run,
        "the loss takes its targets from the prediction itself",
        first.line,
        "targets made from this prediction",
        evidence,
    )


def _decided(run: Run, call: LossCall) -> bool:
    way = upstream(run.ops, call.true_key)
    return (
        any(op.type in DECIDING for op in way)
        and any(call.pred_key in op.inputs for op in way)
        and call.pred_key is not None
    )


def _overwritten(run: Run, way: tuple[Op, ...]) -> Match | None:
    """A loss was computed from data under the tape, and what the tape is asked about is made of weights only."""
    used = {key for op in way for key in (*op.inputs, *op.outputs)}
    computed = [
        c for c in beginnings.losses(run) if c.step == 0 and c.pred_key and c.value_key and c.owner != "tf.nn.l2_loss"
    ]
    if not computed or not way or any(c.value_key in used or c.pred_key in used for c in computed):
        return None
    if not any(op.variable for op in way) or any(op.type in beginnings.KERNELS for op in way):
        return None
    evidence = (
        Evidence("losses of the data on the way to the gradient", 0, len(computed)),
        Evidence("weights on the way", len({op.variable for op in way if op.variable})),
        *beginnings.course(run),
    )
    line = next((op.line for op in reversed(way) if op.line), None)
    match = _said(
        run, "the loss is made of the weights alone, without the data", line, "made of weights only", evidence
    )
    before = line_span(run.source, computed[0].line or 0, "this loss of the data is not used", primary=False)
    return Match(match.title, match.evidence, beginnings.spans(*match.spans, before))


def _said(run: Run, title: str, line: int | None, label: str, evidence: tuple[Evidence, ...]) -> Match:
    return Match(title, evidence, beginnings.spans(line_span(run.source, line or 0, label)))
