"""Sigmoid or tanh units stand at their ends, where they have no slope.

What happens
    The numbers that go into a sigmoid or tanh are far from zero: large kernels, a steep slope, unscaled data. The unit
    answers 0 or 1 (or -1 or 1) and hardly anything between.

Why it hurts
    At its ends the function is flat. A small change of a weight changes nothing, so almost no gradient comes through,
    and what does is multiplied by nearly zero in every layer.

How it shows
    More than six in ten outputs of a hidden sigmoid or tanh are within one percent of its ends in the first batch, and
    the training falls short.

Fix
    Bring the inputs to mean 0 and deviation 1, use the default initializer, a slope of 1, or ReLU with a normalisation
    before it.

Known limits
    Gates and attention are meant to open and close; a training that goes well is left alone.

References
    Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks.
"""

from __future__ import annotations

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run

DIAGNOSIS = Diagnosis(
    code="TW413",
    name="saturated-units",
    level="error",
    why="a sigmoid or tanh is flat at its ends, so almost no gradient comes back through units that stand there",
    help="scale the data and the weights so that inputs of sigmoid and tanh stay within 2 of zero, or use ReLU",
    intervention="unsaturate",
    intervention_words="the inputs of sigmoid and tanh brought to deviation 1",
    explains=("TW401", "TW402", "TW422", "TW414", "TW416", "TW417"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 6)).astype("float32")
y = 2 * x[:, :1] - x[:, 1:2]
slope = 300.0
model = keras.Sequential([keras.Input((6,))])
for _ in range(4):
    model.add(keras.layers.Dense(16, activation=lambda v: keras.ops.tanh(slope * v)))
model.add(keras.layers.Dense(1))
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x, y, epochs=10, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("300.0", "1.0")
SATURATED = 0.6  # share of a layer's outputs
LEARNED = 0.6  # share of the first loss; a training that takes away more is left alone
FEWEST = 4  # units of a layer
LEAST = 0.02  # share of its first loss that a repaired run takes away at least


def match(run: Run) -> Match | None:
    """Match when every hidden sigmoid and tanh stands at its ends and the training falls short."""
    if run.look is None or beginnings.learned(run) >= LEARNED:
        return None
    hidden = _hidden(beginnings.way_to_loss(run))
    flat = [op for op in hidden if _share(op) > SATURATED]
    if not flat or len(flat) < len(hidden):
        return None
    worst = max(flat, key=_share)
    evidence = (
        Evidence("share of outputs at the ends of the function", round(_share(worst), 3), SATURATED),
        Evidence("layers of which this is true", len(flat), len(hidden)),
        *beginnings.course(run),
    )
    found = []
    for op in flat[:3]:
        layer = beginnings.layer_of(run, op.outputs)
        lines = layer.lines if layer is not None and layer.lines else tuple(n for n in (op.layer_line, op.line) if n)
        found.append(
            beginnings.made_span(
                run, lines, layer.kind if layer else "", f"{_share(op):.0%} of the outputs are at an end"
            )
        )
    kind = flat[0].type.lower()
    return Match(f"hidden {kind} units stand at their ends from the first step", evidence, beginnings.spans(*found))


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether less than half of the unchanged run's loss is left; random features alone take some away."""
    before, after = beginnings.tail(baseline), beginnings.tail(repaired)
    learns = beginnings.learned(repaired) >= LEAST and after is not None
    return learns and (before is None or (after or 0.0) < before / 2)


def _hidden(way: tuple[Op, ...]) -> list[Op]:
    """Sigmoids and tanhs of some width, behind which another kernel comes."""
    last = max((i for i, op in enumerate(way) if op.type in beginnings.KERNELS), default=-1)
    wide = [(i, op) for i, op in enumerate(way) if op.type in ("Sigmoid", "Tanh") and len(op.shape) > 1]
    return [op for i, op in wide if i < last and (op.shape[-1] or 0) >= FEWEST]


def _share(op: Op) -> float:
    if op.numbers is None:
        return 0.0
    return op.numbers.near_one + (op.numbers.near_zero if op.type == "Sigmoid" else 0.0)
