"""An accuracy compares logits with 0.5.

What happens
    The model answers logits (no sigmoid, `from_logits=True` in the loss), and an accuracy metric counts a prediction as
    positive above 0.5. Of logits, that is a probability of 0.62.

Why it hurts
    The training is right, its report is not: every row with a logit between 0 and 0.5 counts as negative. Models are
    chosen, stopped and dropped by a number that is wrong.

How it shows
    A metric with the threshold 0.5 was given predictions outside of 0 and 1, for targets that are 0 and 1.

Fix
    Give the metric the threshold 0: `BinaryAccuracy(threshold=0.0)`, or end the model in a sigmoid and take
    `from_logits=True` away.

Known limits
    The string "accuracy" means the threshold 0.5 for one output, whatever the loss is told.

References
    keras.io/api/metrics/accuracy_metrics.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import MetricSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW220",
    name="threshold-on-logits",
    level="error",
    why="a logit of 0 is a probability of one half; a metric that asks for more than 0.5 counts too few positives",
    help="use `BinaryAccuracy(threshold=0.0)` for logits, or a sigmoid at the end and a loss without `from_logits`",
    intervention="threshold_of_logits",
    intervention_words="the threshold of the metric at 0",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.random.normal(size=(320, 6)).astype("float32")
y = (x[:, :1] + np.random.normal(size=(320, 1)) > 0).astype("float32")
model = keras.Sequential([keras.layers.Dense(16, activation="relu"), keras.layers.Dense(1)])
loss = keras.losses.BinaryCrossentropy(from_logits=True)
model.compile(keras.optimizers.Adam(0.01), loss, metrics=["accuracy"])
model.fit(x, y, epochs=4, batch_size=16, verbose=0)
"""

FIXED = BROKEN.replace('"accuracy"', "keras.metrics.BinaryAccuracy(threshold=0.0)")
MEASURE = "accuracy"
HALF = 0.5


def match(run: Run) -> Match | None:
    """Match when a metric with a threshold between 0 and 1 is given logits."""
    metrics = run.look.metrics if run.look else ()
    found = next((m for m in metrics if _on_logits(m)), None)
    if found is None or found.y_pred is None or not _loss_of_logits(run):
        return None
    evidence = (
        Evidence("lowest prediction that was compared with 0.5", found.y_pred.low, 0),
        Evidence("highest prediction", found.y_pred.high, 1),
        Evidence("share of predictions between 0 and 0.5, counted as negative", found.between, 0),
    )
    return Match(f"`{found.name}` compares logits with {found.threshold:g}", evidence, _spans(run, found))


def _on_logits(metric: MetricSeen) -> bool:
    true, pred, threshold = metric.y_true, metric.y_pred, metric.threshold
    if true is None or pred is None or threshold is None or pred.low is None or pred.high is None:
        return False
    outside = pred.low < 0 or pred.high > 1
    labels = true.whole and true.low is not None and true.high is not None and true.low >= 0 and true.high <= 1
    return outside and bool(labels) and 0 < threshold < 1 and not _whole(metric)


def _whole(metric: MetricSeen) -> bool:
    return metric.y_pred is not None and metric.y_pred.whole  # decisions, not logits


def _loss_of_logits(run: Run) -> bool:
    """Tell whether the loss knows that they are logits: otherwise the missing sigmoid is the mistake."""
    calls = run.look.losses if run.look else ()
    return any(c.from_logits and c.kind.startswith("binary") for c in calls if c.recording)


def _spans(run: Run, metric: MetricSeen) -> tuple[Span, ...]:
    compiled = [c.line for c in (run.seen.compiles if run.seen else ()) if c.line]
    line = metric.made_line or (metrics_line(run.source, compiled[0]) if metric.by_keras and compiled else metric.line)
    span = line_span(run.source, line or 0, "0.5 is the boundary of probabilities, not logits")
    return (span,) if span else ()


def metrics_line(source: str, line: int) -> int:
    """Return the line of `metrics=` in a call of `compile` that begins on `line`."""
    rows = source.splitlines()
    for number in range(line, min(line + 12, len(rows) + 1)):
        if "metrics" in rows[number - 1]:
            return number
        if number > line and rows[number - 1].strip().startswith(")"):
            break
    return line


def measure(run: Run) -> float:
    """Return the last accuracy that was reported; of a replay that is over sooner, what the metric held then."""
    names = {m.name for m in (run.look.metrics if run.look else ()) if _on_logits(m)}
    values = [e.metrics[n] for e in run.epochs for n in names if n in e.metrics]
    metrics = [m for m in (run.seen.metrics if run.seen else ()) if m.name in names]
    values = values or [v for m in metrics for _, v in m.results] or [m.last for m in metrics if m.last is not None]
    return values[-1] if values else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the report changes though the training is the same."""
    return abs(measure(repaired) - measure(baseline)) > 1e-6  # noqa: PLR2004 - not a rounding
