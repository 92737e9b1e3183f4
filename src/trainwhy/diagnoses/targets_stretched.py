"""One column of targets is compared with several outputs.

What happens
    The model ends in more outputs than the target has columns, `(N, 8)` against `(N, 1)`. The one column is stretched,
    and every output is compared with the same number. Or the other way round: one output against several columns.

Why it hurts
    Nothing fails, not even with the losses of Keras. All outputs learn the same thing, and whoever reads the
    prediction gets several answers where one was asked for; one output against several columns learns their mean.

How it shows
    Where targets and predictions meet, an axis of size 1 is stretched to the size of the other's.

Fix
    As many units in the last layer as the targets have columns: `Dense(1)` for one number a row.

Known limits
    Several quantiles, several experts or an ensemble share one target on purpose: there the columns are treated
    differently before they are added up, and nothing is said.

References
    numpy.org/doc/stable/user/basics.broadcasting.html; keras.io/api/losses/regression_losses.
"""

from __future__ import annotations

from dataclasses import replace

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import HeadSeen, Shape
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW119",
    name="targets-stretched",
    level="error",
    why="an axis of size 1 is repeated to fit: every output is compared with the one target, and all learn the same",
    help="give the last layer as many units as the targets have columns: `Dense(1)` for one number a row",
    explains=("TW215",),
    practice="script",
)
UNREPAIRED = "a head with another number of units is another model, with other weights"

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.default_rng(0).normal(size=(160, 6)).astype("float32")
y = x[:, :1] - 2 * x[:, 1:2]
model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dense(6),
])
model.compile(optimizer=keras.optimizers.Adam(0.02), loss="mse")
model.fit(x, y, epochs=4, batch_size=32, verbose=0)
print(model.predict(x[:3], verbose=0).shape)
"""

FIXED = BROKEN.replace("Dense(6)", "Dense(1)")

# Losses that compare number with number; of the others, one column of targets may be what they want.
NUMBERS = frozenset({
    "mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error",
    "huber", "log_cosh", "poisson", "binary_crossentropy", "binary_focal_crossentropy", "hinge", "squared_hinge",
})  # fmt: skip


def match(run: Run) -> Match | None:
    """Match when one column meets several, in a loss of the library or in a difference on the way to the loss."""
    if run.look is None:
        return None
    for call in run.look.losses:
        if call.y_true is not None and call.y_pred is not None and call.recording and call.kind in NUMBERS:
            shapes = _stretched(call.y_pred.shape, call.y_true.shape)
            if shapes:
                return _match(run, *shapes, call.line, own=False)
    for one in run.look.stretches:
        if one.kind == "column" and not one.told_apart:
            return _match(run, one.prediction, one.target, one.line, own=True)
    return None


def _stretched(prediction: Shape, target: Shape) -> tuple[Shape, Shape] | None:
    if len(target) == len(prediction) - 1 and len(target) == 1 and prediction[0] == target[0]:
        target = (*target, 1)  # Keras gives a flat target its missing axis
    if len(prediction) != len(target) or len(prediction) < 2 or prediction[:-1] != target[:-1]:  # noqa: PLR2004 - rows and columns
        return None
    last = {prediction[-1], target[-1]}
    return (prediction, target) if len(last) > 1 and 1 in last and None not in last else None


def _match(run: Run, prediction: Shape, target: Shape, line: int | None, *, own: bool) -> Match:
    outputs, columns = prediction[-1] or 0, target[-1] or 0
    one, many = ("target column", "outputs") if outputs > columns else ("output", "target columns")
    return Match(
        title=f"one {one} is stretched over {max(outputs, columns)} {many}",
        evidence=(
            Evidence("outputs of the model", outputs, columns),
            Evidence("shape of the predictions", str(prediction), str(target)),
        ),
        spans=_spans(run, prediction, target, line, own=own),
    )


def _spans(run: Run, prediction: Shape, target: Shape, line: int | None, *, own: bool) -> tuple[Span, ...]:
    """Mark the last layer; where the script compares by itself, that comparison."""
    made = _head_line(run, prediction)
    label = f"{prediction[-1]} outputs for {target[-1]} target column{'s' if target[-1] != 1 else ''}"
    first = own or made is None
    here = line_span(run.source, line, f"{prediction} meets {target}", primary=first) if line else None
    there = line_span(run.source, made, label, primary=not first) if made not in (None, line) else None
    found = [span for span in ((here, there) if first else (there, here)) if span is not None]
    return tuple(found if any(span.primary for span in found) else [replace(span, primary=True) for span in found[:1]])


def _head_line(run: Run, prediction: Shape) -> int | None:
    """Return where the layer was made that gave the prediction its last axis."""
    heads: tuple[HeadSeen, ...] = run.look.heads if run.look is not None else ()
    fitting = [h for h in heads if h.layer_line and h.y_pred is not None and h.y_pred.shape[-1:] == prediction[-1:]]
    return fitting[0].layer_line if fitting else None
