"""An accuracy is asked of a regression.

What happens
    The targets are measurements, and a metric counts how many predictions are right. It compares numbers for equality,
    or rounds both to classes.

Why it hurts
    Two floating-point numbers are almost never equal, so the accuracy stays near 0 (or at a meaningless constant)
    however well the model does. The training is fine, its report is noise.

How it shows
    An accuracy metric was given targets that are no classes: fractions, or many different numbers, under a loss for
    regression.

Fix
    Report the mean absolute error, the root mean squared error or R2: `metrics=["mae"]`,
    `keras.metrics.R2Score()`.

Known limits
    Soft labels and images between 0 and 1 under a cross-entropy are left alone.

References
    keras.io/api/metrics/regression_metrics.
"""

from __future__ import annotations

from trainwhy.diagnoses.threshold_on_logits import metrics_line
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import MetricSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW221",
    name="accuracy-of-a-regression",
    level="error",
    why="an accuracy counts predictions that equal their targets, and measurements are almost never equal",
    help='report `metrics=["mae"]`, the root mean squared error or `R2Score()` instead of an accuracy',
    intervention="error_for_accuracy",
    intervention_words="the mean absolute error reported in place of the accuracy",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 4)).astype("float32")
y = x[:, :1] - 0.5 * x[:, 1:2]
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["accuracy"])
model.fit(x, y, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace('"accuracy"', '"mae"')
MEASURE = "what the metric reports"
TINY = 1e-6  # a difference that is no rounding
MANY = 10  # different whole numbers in one batch that are counts rather than classes
KINDS = ("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy")


def match(run: Run) -> Match | None:
    """Match when an accuracy is given targets that are no classes."""
    metrics = run.look.metrics if run.look else ()
    found = next((m for m in metrics if _accuracy(m) and _measurements(run, m)), None)
    if found is None or found.y_true is None:
        return None
    values = _values(run, found.name)
    evidence = (
        Evidence("different targets in the first batch", found.y_true.distinct, 2),
        *((Evidence(f"`{found.name}` at the end", values[-1]),) if values else ()),
    )
    return Match(f"`{found.name}` counts equal numbers, and the targets are measurements", evidence, _spans(run, found))


def measure(run: Run) -> float:
    """Return what the metric held when the script was over, or was ended."""
    names = {m.name for m in (run.look.metrics if run.look else ()) if _accuracy(m) and _measurements(run, m)}
    metrics = [m for m in (run.seen.metrics if run.seen else ()) if m.name in names]
    values = [m.results[-1][1] if m.results else m.last for m in metrics]
    return next((value for value in values if value is not None), 0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the report says something now, of the same training."""
    return measure(repaired) > measure(baseline) + TINY and repaired.error is None


def _accuracy(metric: MetricSeen) -> bool:
    return metric.kind in KINDS or (metric.kind == "MeanMetricWrapper" and "acc" in metric.name)


def _measurements(run: Run, metric: MetricSeen) -> bool:
    true, pred = metric.y_true, metric.y_pred
    if true is None or pred is None or true.distinct < 3 or pred.whole:  # noqa: PLR2004 - two are classes
        return False
    kinds = {c.kind for c in (run.look.losses if run.look else ()) if c.recording}
    if any("crossentropy" in kind or kind in ("kl_divergence", "hinge", "dice", "tversky") for kind in kinds):
        return False
    single = not pred.shape or len(pred.shape) == 1 or pred.shape[-1] == 1 or true.shape == pred.shape
    return single and (not true.whole or (true.distinct > MANY and bool(kinds)))


def _values(run: Run, name: str) -> list[float]:
    values = [e.metrics[name] for e in run.epochs if name in e.metrics]
    return values or [v for m in (run.seen.metrics if run.seen else ()) if m.name == name for _, v in m.results]


def _spans(run: Run, metric: MetricSeen) -> tuple[Span, ...]:
    compiled = [c.line for c in (run.seen.compiles if run.seen else ()) if c.line]
    line = metric.made_line or (metrics_line(run.source, compiled[0]) if metric.by_keras and compiled else metric.line)
    span = line_span(run.source, line or 0, "an accuracy needs classes to compare")
    return (span,) if span else ()
