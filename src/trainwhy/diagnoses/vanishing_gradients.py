"""The first layers get almost no gradient.

What happens
    Every layer on the way back multiplies the gradient by its slope and its weights. With a sigmoid the slope is at
    most a quarter, with tiny weights the product is smaller still; after some layers next to nothing is left.

Why it hurts
    The layers that see the data stay as they were drawn, and the last ones can only learn from what comes through them,
    which is nearly the same for every row.

How it shows
    The first layer's gradient is less than a thousandth of the last one's, over four layers or more, and the training
    gets nowhere.

Fix
    Use ReLU with `he_normal`, a normalisation between the layers, or skip connections; fewer layers do as well.

Known limits
    Embeddings are left out: a batch touches few of their rows. A model that learns well is left alone.

References
    Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks.
"""

from __future__ import annotations

import itertools
from collections import Counter

from trainwhy import beginnings
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import WeightSeen

DIAGNOSIS = Diagnosis(
    code="TW422",
    name="vanishing-gradients",
    level="error",
    why="each layer multiplies the gradient by its slope and weights; many factors below one leave nothing of it",
    help="use ReLU with `he_normal`, a normalisation between the layers, or skip connections past them",
    intervention="open_the_slopes",
    intervention_words="hidden sigmoids and tanhs replaced by ReLU, and small kernels drawn larger",
    explains=("TW401", "TW402", "TW416", "TW417", "TW413"),
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 2)).astype("float32")
y = 3 * np.abs(x[:, :1]) - 2.4
model = keras.Sequential([keras.Input((2,))])
for _ in range(9):
    model.add(keras.layers.Dense(24, activation="sigmoid"))
model.add(keras.layers.Dense(1))
model.compile(keras.optimizers.Adam(0.003), "mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace('activation="sigmoid"', 'activation="relu", kernel_initializer="he_normal"')
RATIO = 1e-3
FEWEST = 4  # layers
LEARNED = 0.5  # share of the first loss


def match(run: Run) -> Match | None:
    """Match when the gradient shrinks to a thousandth on its way to the first layer."""
    found = [w for w in beginnings.kernels(run) if w.columns_at_start != 1]
    if len(found) < FEWEST or beginnings.learned(run) >= LEARNED or beginnings.broke(run):
        return None
    sizes = [_with_bias(run, w) for w in found]
    first, last = sizes[0], max(sizes[-2:])
    if not 0 < first < RATIO * last or not _falls(sizes):
        return None
    evidence = (
        Evidence("gradient of the first layer, of the last one's", first / last, RATIO),
        Evidence("layers between them", len(found) - 1),
        *beginnings.course(run),
    )
    title = f"the first of {len(found)} layers gets {first / last:.0e} of the last one's gradient"
    return Match(title, evidence, _spans(run, found))


def _with_bias(run: Run, kernel: WeightSeen) -> float:
    """The larger gradient of a kernel and its bias: behind a dead signal only the bias still gets one."""
    layer = [w.gradient or 0.0 for w in beginnings.weights(run) if kernel.layer and w.layer == kernel.layer]
    return max([kernel.gradient or 0.0, *layer])


def _falls(sizes: list[float]) -> bool:
    """Tell a steady loss of gradient from one odd layer: at least half of the steps back make it smaller."""
    return 2 * sum(a < b for a, b in itertools.pairwise(sizes)) >= len(sizes) - 1


def _spans(run: Run, found: list[WeightSeen]) -> tuple[Span, ...]:
    places = Counter(w.lines[:1] for w in found[:-1] if w.lines)
    (common, _), *_ = places.most_common(1) or [((), 0)]
    kind = next((w.kind for w in found if w.lines[:1] == common), "")
    return beginnings.spans(beginnings.made_span(run, common, kind, "each of these makes the gradient smaller"))
