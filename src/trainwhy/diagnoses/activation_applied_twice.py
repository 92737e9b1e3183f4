"""The last activation is applied twice.

What happens
    The last layer already ends in a softmax or sigmoid, and its result goes through another one: an extra `Activation`
    layer, or `tf.nn.softmax(model(x))`.

Why it hurts
    The second function sees numbers between 0 and 1 only. A sigmoid of those lies between 0.5 and 0.73, a softmax is
    nearly uniform: the model cannot say anything with certainty, and the loss has a floor far above zero.

How it shows
    A softmax or sigmoid on the way to the loss was given the result of another one.

Fix
    Keep one: drop the extra activation, or make the layer linear.

Known limits
    Functions with a kernel between them are layers, not repetitions. ReLU twice is the same as once.

References
    keras.io/api/layers/activations.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.dataflow import upstream
from trainwhy.heads import FOLLOWS
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run, Span

DIAGNOSIS = Diagnosis(
    code="TW217",
    name="activation-applied-twice",
    level="error",
    why="the second activation is given numbers between 0 and 1, so its results are squeezed together, never certain",
    help="keep one of the two: drop the extra activation, or make the last layer linear",
    intervention="activate_once",
    intervention_words="the second activation left out",
    explains=(*FOLLOWS, "TW202", "TW201"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 5)).astype("float32")
y = x[:, :3].argmax(axis=1)
model = keras.Sequential([
    keras.layers.Dense(32, activation="relu"),
    keras.layers.Dense(3, activation="softmax"),
    keras.layers.Activation("softmax"),
])
model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace('    keras.layers.Activation("softmax"),\n', "")
SQUASHING = ("Softmax", "Sigmoid")
PASSING = frozenset({"Identity", "Reshape", "Squeeze", "ExpandDims", "Cast", "Snapshot", "Transpose"})


def match(run: Run) -> Match | None:
    """Match when a squashing function is given the result of another."""
    found = _twice(run)
    if found is None:
        return None
    before, after = found
    numbers = after.numbers
    evidence = (
        Evidence("activations one after another", 2, 1),
        *((Evidence("largest output of the second", numbers.high, 1),) if numbers and numbers.high is not None else ()),
        *beginnings.course(run),
    )
    spans = beginnings.spans(_span(run, after, "the second one"), _span(run, before, "already between 0 and 1"))
    return Match(f"a {after.type.lower()} is applied to the result of a {before.type.lower()}", evidence, spans)


def _twice(run: Run) -> tuple[Op, Op] | None:
    targets = [c.target for c in run.gradient_calls if c.step == 0] + [c.pred_key for c in beginnings.losses(run)]
    made = {key: op for op in run.ops for key in op.outputs}
    for target in targets:
        for op in upstream(run.ops, target):
            before = _source(made, op) if op.type in SQUASHING else None
            if before is not None:
                return before, op
    return None


def _source(made: dict[str, Op], op: Op) -> Op | None:
    """The squashing function whose result this one is given, perhaps in another shape."""
    for _ in range(6):
        op = made.get(op.inputs[0]) if op.inputs else None  # type: ignore[assignment]  # checked in the next line
        if op is None or op.type in SQUASHING:
            return op
        if op.type not in PASSING:
            return None
    return None


def _span(run: Run, op: Op, label: str) -> Span | None:
    layer = beginnings.layer_of(run, op.outputs)
    lines = layer.lines if layer is not None and layer.lines else tuple(n for n in (op.layer_line, op.line) if n)
    return beginnings.made_span(run, lines, layer.kind if layer else op.type.lower(), label)
