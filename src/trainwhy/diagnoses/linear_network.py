"""Layers without an activation between them are one linear layer.

What happens
    Hidden layers have no activation. A linear map of a linear map is a linear map, so the whole network can only do
    what a single layer could.

Why it hurts
    More layers and units add parameters and nothing else. Curves, circles, products of features stay out of reach, and
    the loss stops far above what the data allows.

How it shows
    Between the data and the output there are several kernels and no operation that is not linear, the hidden layers are
    wide enough to restrict nothing, and much of the loss remains.

Fix
    Give each hidden layer an activation: `Dense(64, activation="relu")`.

Known limits
    Narrow layers between wide ones are a factorisation on purpose and stay unmarked, and so does a linear model that
    fits its data.

References
    Goodfellow et al., Deep Learning, section 6.1.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.dataflow import upstream
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run
from trainwhy.seen import LayerSeen, ModelSeen

DIAGNOSIS = Diagnosis(
    code="TW216",
    name="linear-network",
    level="error",
    why="layers without an activation multiply out to a single matrix, so depth adds nothing a line could not do",
    help='put an activation between the layers: `Dense(64, activation="relu")`',
    intervention="bend_between_layers",
    intervention_words="ReLU between the linear layers",
    explains=("TW401", "TW402", "TW416", "TW417", "TW301"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.uniform(-1, 1, size=(320, 1)).astype("float32")
y = np.abs(x) - 0.5
model = keras.Sequential([
    keras.layers.Dense(32),
    keras.layers.Dense(32),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=12, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("Dense(32)", 'Dense(32, activation="relu")')
LINEAR = frozenset({
    "MatMul", "BiasAdd", "AddV2", "Add", "AddN", "Sub", "Reshape", "Identity", "Cast", "Squeeze", "ExpandDims",
    "Transpose", "Conv1D", "Conv2D", "ConcatV2", "ReadVariableOp", "Pack", "Const", "Shape", "StridedSlice",
    "Mean", "AvgPool", "Snapshot", "VarHandleOp", "StopGradient", "Fill", "Range", "Pad",
})  # fmt: skip
DROPPING = frozenset({
    "Mul", "GreaterEqual", "SelectV2", "StatelessRandomUniformV2", "StatelessRandomGetKeyCounter", "RealDiv",
    "FloorMod", "ZerosLike", "AssignAddVariableOp", "AssignVariableOp", "LogicalNot", "OnesLike", "Maximum", "Less",
    "RandomUniform", "ConcatV2", "BroadcastTo", "Bitcast",
})  # fmt: skip
STACKED = frozenset({"Dense", "Conv1D", "Conv2D"})
PLAIN = STACKED | {"Dropout", "InputLayer", "Flatten", "Reshape", "GlobalAveragePooling1D", "GlobalAveragePooling2D"}
MULTIPLY = frozenset({"MatMul", "Conv1D", "Conv2D"})
LEFT = 0.4  # of the loss of a guess: less means that a line was enough


def match(run: Run) -> Match | None:
    """Match when a whole model of several kernels is linear, and much of the loss remains."""
    found = _linear(run)
    if found is None or not _short(run):
        return None
    hidden = found
    evidence = (
        Evidence("kernels that multiply out to one", len(hidden) + 1, 1),
        Evidence("activations between them", 0, 1),
        *beginnings.course(run),
    )
    marks = [beginnings.made_span(run, one.lines, one.kind, "linear, and so is what follows") for one in hidden[:4]]
    return Match(
        "the hidden layers have no activation: the network is one linear map", evidence, beginnings.spans(*marks)
    )


def _linear(run: Run) -> list[LayerSeen] | None:
    """The hidden layers of a linear network."""
    if run.look is None:
        return None
    for model in run.look.models:
        layers = [one for one in model.layers if one.weights and one.made is not None]
        way = _inside(run, model.made_key)
        multiplied = [op for op in way if op.type in MULTIPLY]
        if len(multiplied) < 2 or len(layers) != len(multiplied) or not _all_linear(way, _noise(model)):  # noqa: PLR2004 - a stack
            continue
        if any(one.kind not in STACKED for one in layers) or not _wide(layers):
            continue
        return layers[:-1]
    return None


def _inside(run: Run, key: str | None) -> tuple[Op, ...]:
    return upstream(run.ops, key) if key is not None else ()


def _noise(model: ModelSeen) -> frozenset[str]:
    """The operations of dropout, which is linear in the mean; nothing else in such a model may multiply."""
    kinds = {one.kind for one in model.layers}
    return DROPPING if "Dropout" in kinds and kinds <= PLAIN else frozenset()


def _all_linear(way: tuple[Op, ...], noise: frozenset[str]) -> bool:
    places = [i for i, op in enumerate(way) if op.type in MULTIPLY]
    return len(places) > 1 and all(op.type in LINEAR | noise for op in way[places[0] : places[-1] + 1])


def _wide(layers: list[LayerSeen]) -> bool:
    """Tell whether no hidden layer is narrower than both ends: a narrow one restricts on purpose."""
    first, last = layers[0].given, layers[-1].made
    if first is None or last is None or not first.shape or not last.shape:
        return False
    ends = min(first.shape[-1] or 1, last.shape[-1] or 1)
    return all(one.made is not None and (one.made.shape[-1] or 0) >= ends for one in layers[:-1])


def _short(run: Run) -> bool:
    """Tell whether much of the loss of a guess remains at the end."""
    values = [s.loss for s in run.seen.steps if s.loss is not None] if run.seen else []
    values = values or [e.loss for e in run.epochs]
    if not values:
        return False
    tail = values[-max(1, len(values) // 8) :]
    end = sum(tail) / len(tail)
    guess = beginnings.guess(run)
    return end > LEFT * guess if guess else beginnings.learned(run) < 1 - LEFT
