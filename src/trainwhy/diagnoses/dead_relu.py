"""A layer of ReLUs answers 0 to everything.

What happens
    The numbers before a ReLU are negative for every row: a bias far below zero, kernels with a negative mean on
    positive inputs, or a step so large that it threw the weights there.

Why it hurts
    A ReLU below zero has the slope 0. No gradient passes, so neither the layer nor anything before it ever changes, and
    what comes after sees only zeros.

How it shows
    At least nine in ten units of a ReLU on the way to the loss are 0 on every row of the first batch, and the training
    gets nowhere.

Fix
    Begin with biases at zero and kernels drawn around zero (`he_normal`). When units die during training, lower the
    learning rate, or use `LeakyReLU`.

Known limits
    Units that are 0 on some rows are what makes ReLU useful; a model that learns well is never blamed for dead ones.

References
    keras.io/api/layers/activation_layers/leaky_relu; He et al., Delving deep into rectifiers.
"""

from __future__ import annotations

import math

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run

DIAGNOSIS = Diagnosis(
    code="TW412",
    name="dead-relu",
    level="error",
    why="a ReLU below zero has the slope 0: it passes no gradient, so the layer and all before it stay as they are",
    help="begin with biases at 0 and kernels around 0 (`he_normal`); for units that die later a smaller learning rate",
    intervention="revive_units",
    intervention_words="biases begun at 0 and kernels around 0",
    explains=("TW401", "TW402", "TW416", "TW417", "TW422", "TW216"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.uniform(size=(320, 3)).astype("float32")
y = x[:, :1] * x[:, 1:2] - x[:, 2:]
bias = keras.initializers.Constant(-10.0)
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(16, activation="relu", bias_initializer=bias),
    keras.layers.Dense(1),
])
model.compile(keras.optimizers.Adam(0.02), "mse")
model.fit(x, (y - y.mean()) / y.std(), epochs=6, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace("-10.0", "0.0")
RELUS = frozenset({"Relu", "Relu6"})
DEAD = 0.9  # share of units
FEWEST = 4  # units of a layer
ROWS = 8  # on fewer rows many units are 0 by chance
LEARNED = 0.3  # share of the first loss: a training that takes away more is not hindered


def match(run: Run) -> Match | None:
    """Match when a ReLU on the way to the loss gives zeros only, and the training gets nowhere."""
    if run.look is None or beginnings.learned(run) >= LEARNED:
        return None
    dead = [op for op in beginnings.way_to_loss(run) if _dead(op)]
    if not dead:
        return None
    first = dead[0]
    layer = beginnings.layer_of(run, first.outputs)
    lines = layer.lines if layer is not None and layer.lines else tuple(n for n in (first.layer_line, first.line) if n)
    share = (first.numbers.zero_columns if first.numbers else None) or 0.0
    evidence = (
        Evidence("share of units that are 0 on every row", round(share, 3), DEAD),
        Evidence("units", first.shape[-1]),
        *beginnings.course(run),
    )
    span = beginnings.made_span(run, lines, layer.kind if layer else "", "gives 0 for every row of the batch")
    name = f"`{layer.name}`" if layer else "a ReLU"
    return Match(f"the units of {name} are 0 on every row and pass no gradient", evidence, beginnings.spans(span))


def _dead(op: Op) -> bool:
    wide = bool(op.shape) and (op.shape[-1] or 0) >= FEWEST
    wide = wide and math.prod(size or 1 for size in op.shape[:-1]) >= ROWS
    return op.type in RELUS and wide and op.numbers is not None and (op.numbers.zero_columns or 0.0) >= DEAD
