"""Numbers and gradients grow from layer to layer.

What happens
    Every block makes what it is given a little larger: residual additions without a normalisation, a recurrence with a
    gain above one, an unscaled sum. Over many blocks the factors multiply.

Why it hurts
    The first loss and its gradient are larger by orders of magnitude than the data. One step throws the weights far
    away, and the loss becomes huge, infinite or NaN.

How it shows
    The forward pass makes its input more than 30 times larger although no single kernel does, and the first gradient is
    longer than a thousand.

Fix
    Put a normalisation into every block, scale what a block adds (`x + f(x) / depth`), or use an orthogonal recurrent
    kernel of gain 1. `clipnorm` in the optimizer limits the damage.

Known limits
    Large data or large targets give large gradients as well; here it is the model that makes numbers grow.

References
    Pascanu et al., On the difficulty of training recurrent neural networks.
"""

from __future__ import annotations

import math
from collections import defaultdict

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Op, Run, Span

DIAGNOSIS = Diagnosis(
    code="TW414",
    name="exploding-gradients",
    level="error",
    why="every block multiplies the size of what it is given, forwards and backwards, and the factors multiply up",
    help="normalise inside each block, or scale what it adds; `clipnorm` in the optimizer limits the damage",
    intervention="clip_the_gradients",
    intervention_words="gradients cut to length 1",
    explains=("TW401", "TW402", "TW417", "TW218"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 8)).astype("float32")
y = x[:, :1] - x[:, 1:2]
data = keras.Input((8,))
h = keras.layers.Dense(32)(data)
for _ in range(14):
    new = keras.layers.Dense(32, activation="relu")(h)
    h = keras.layers.Add()([h, new, new])
model = keras.Model(data, keras.layers.Dense(1)(h))
model.compile(keras.optimizers.SGD(0.01), "mse")
model.fit(x, y, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace(
    "h = keras.layers.Add()([h, new, new])", "h = keras.layers.LayerNormalization()(keras.layers.Add()([h, new, new]))"
)
GROWTH = 30.0
LONG = 1e3
GROWING = beginnings.KERNELS | {"AddV2", "AddN", "BiasAdd", "Mul"}
DEEP = 4  # multiplications by a kernel


def match(run: Run) -> Match | None:
    """Match when the model makes numbers grow over its depth, and the first gradient shows it."""
    way = beginnings.way_to_loss(run)
    gradient, growth = beginnings.first_gradient(run), _growth(run, way)
    if gradient is None or growth is None or sum(op.type in beginnings.KERNELS for op in way) < DEEP:
        return None
    if growth < GROWTH or gradient < LONG or beginnings.normalised(run):
        return None
    evidence = (
        Evidence("length of the first gradient", gradient if math.isfinite(gradient) else "inf", LONG),
        Evidence("size of the output, of the input's", growth if math.isfinite(growth) else "inf", GROWTH),
        *beginnings.course(run),
    )
    return Match("numbers and gradients grow from block to block", evidence, _spans(run, way))


def _growth(run: Run, way: tuple[Op, ...]) -> float | None:
    """Size of what the last kernel makes over the size of what the first is given."""
    sizes = [size for op in way if op.type in beginnings.KERNELS and (size := _size(op)) is not None]
    given = [beginnings.rms(layer.given) for layer in beginnings.layers(run) if layer.given is not None]
    begin = next((size for size in given if size), None) or (sizes[0] if sizes else None)
    if not begin or not sizes:
        return None
    return max(sizes) / max(begin, 1e-3)


def _size(op: Op) -> float | None:
    if op.numbers is None:
        return None
    return math.inf if op.numbers.nans or op.numbers.infinities else beginnings.rms(op.numbers)


def _spans(run: Run, way: tuple[Op, ...]) -> tuple[Span, ...]:
    """Mark the layer whose line makes numbers grow most; in hand-made blocks the line of the operations."""
    by_line: dict[int, float] = defaultdict(float)
    kinds: dict[int, str] = {}
    for layer in beginnings.layers(run):
        given, made = beginnings.rms(layer.given), beginnings.rms(layer.made)
        if given and made and layer.lines:
            by_line[layer.lines[0]] += math.log(made / given)
            kinds[layer.lines[0]] = layer.kind
    total = math.log(GROWTH)
    best = max(by_line, key=lambda line: by_line[line], default=None)
    if best is None or by_line[best] < total / 2:
        best = _grown(run, way) or best
    if best is None:
        return ()
    label = "makes what it is given larger, again and again"
    return beginnings.spans(beginnings.made_span(run, (best,), kinds.get(best, ""), label))


def _grown(run: Run, way: tuple[Op, ...]) -> int | None:
    """The user's line inside a model whose operations make numbers grow most."""
    outer = {call.line for call in run.calls} | {fit.line for fit in (run.seen.fits if run.seen else ())}
    sizes: dict[str, float] = {}
    by_line: dict[int, float] = defaultdict(float)
    for op in way:
        size = _size(op)
        given = [sizes[key] for key in op.inputs if key in sizes]
        if size and math.isfinite(size):
            sizes.update(dict.fromkeys(op.outputs, size))
            if given and op.type in GROWING and op.line is not None and op.line not in outer:
                by_line[op.line] += math.log(size / max(given)) if max(given) > 0 else 0.0
    return max(by_line, key=lambda line: by_line[line], default=None)
