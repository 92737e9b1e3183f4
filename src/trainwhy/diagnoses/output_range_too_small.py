"""The last layer cannot reach the targets.

What happens
    The outputs are bounded (a sigmoid to 0 and 1, a tanh to -1 and 1), and the targets lie beyond.

Why it hurts
    The best the model can do for such a target is to sit at the bound, where the activation is flat and has no
    gradient left.

How it shows
    A clear share of the targets lies outside of the interval that the outputs can reach, by the operations that
    made them.

Fix
    Use a linear output, or bring the targets into the range: scale them, and scale predictions back.

Known limits
    Targets a little beyond the bound (noise, rounding) are not reported, nor outputs that are scaled after the
    activation.

References
    keras.layers.Dense: activation.
"""

from __future__ import annotations

from trainwhy.heads import FOLLOWS, WORDS, beside, bound_span, call_of, first, mean
from trainwhy.results import Diagnosis, Evidence, Match, Run
from trainwhy.seen import HeadSeen

DIAGNOSIS = Diagnosis(
    code="TW209",
    name="output-range-too-small",
    level="error",
    why="a bounded activation cannot answer beyond its bound, and close to the bound it has no gradient left",
    help=(
        "drop the activation of the last layer, or scale the targets into its range (and predictions back): "
        "the two are equivalent"
    ),
    intervention="open_output",
    intervention_words="the output's activation taken off",
    explains=FOLLOWS,
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = 3.0 + 2.0 * x[:, :1] - x[:, 1:2]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

FIXED = """\
import keras
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=(256, 4)).astype("float32")
y = 3.0 + 2.0 * x[:, :1] - x[:, 1:2]
model = keras.Sequential([
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(1),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
model.fit(x, y, epochs=8, batch_size=16, verbose=0)
"""

SHARE = 0.1  # of the targets, that lie out of reach
ERROR = 0.02  # of their variance, that no prediction can explain
SATURATING = ("Sigmoid", "Tanh", "Softmax", "Softsign", "Relu6", "Elu", "Selu", "ClipByValue")


def match(run: Run) -> Match | None:
    """Match when targets lie beyond what the outputs can reach."""
    group = first(run, _too_far)
    if not group:
        return None
    head, share = group[0], mean(group, "beyond")
    bounds = " to ".join("any" if one is None else f"{one:.3g}" for one in (head.low, head.high))
    word = WORDS.get(head.bound, "the last operation")
    low, high = _extremes(group)
    return Match(
        title=f"`{word}` answers {bounds}, but targets go from {low:.3g} to {high:.3g}",
        evidence=(
            Evidence("share of targets out of reach", share, SHARE),
            Evidence("share of their variance that is out of reach", mean(group, "beyond_error"), ERROR),
        ),
        spans=beside(
            bound_span(run, head, f"answers {bounds}"),
            call_of(run, head, f"targets from {low:.3g} to {high:.3g}", primary=False),
        ),
    )


def _extremes(group: tuple[HeadSeen, ...]) -> tuple[float, float]:
    lows = [head.y_true.low for head in group if head.y_true is not None and head.y_true.low is not None]
    highs = [head.y_true.high for head in group if head.y_true is not None and head.y_true.high is not None]
    return min(lows, default=0.0), max(highs, default=0.0)


def _too_far(group: tuple[HeadSeen, ...]) -> bool:
    head = group[0]
    if head.family != "regression" or head.bound not in SATURATING:
        return False
    if head.bound == "Softmax" and head.y_true is not None and head.y_true.whole:
        return False  # class numbers: TW211
    return mean(group, "beyond") >= SHARE and mean(group, "beyond_error") >= ERROR
