"""A metric goes on over all epochs instead of beginning anew.

What happens
    A metric object is updated in every epoch and read at its end, and nothing empties it in between. In `fit`, Keras
    empties what the model's `metrics` names; a property of one's own that leaves a metric out keeps Keras from it.

Why it hurts
    What is printed for epoch ten is the mean of ten epochs. It moves slowly, lies behind the model, and a comparison
    with a validation number, early stopping or a plot is misled.

How it shows
    At each reading the metric holds more than at the reading before: the rows of every epoch until then.

Fix
    Call `metric.reset_state()` at the start of every epoch. In a model of one's own, name the metric in `metrics`.

Known limits
    A metric that is read once, after the training, may cover the whole run on purpose. So may `Sum`, which counts,
    and one that stands beside another fed with the same values that is reset. Readings after every step are no epochs.

References
    keras.io/api/metrics, "Standalone usage"; keras.io/guides/writing_a_custom_training_loop_in_tensorflow;
    keras.io/guides/custom_train_step_in_tensorflow.
"""

from __future__ import annotations

from itertools import pairwise

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import MetricSeen
from trainwhy.sources import line_span

DIAGNOSIS = Diagnosis(
    code="TW121",
    name="metric-never-reset",
    level="error",
    why="a metric adds up what it is given until it is reset, so an epoch's number is the mean of all epochs so far",
    help="call `reset_state()` on the metric at the start of each epoch; in a model, name it in `metrics`",
    intervention="reset_metrics",
    intervention_words="the metric reset after every epoch",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x[:, :1] - x[:, 1:2])).shuffle(160).batch(16)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
mean = keras.metrics.Mean()
for epoch in range(5):
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(yb - model(xb, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        mean.update_state(loss)
    print(epoch, float(mean.result()))
"""

FIXED = BROKEN.replace("    for xb, yb in data:", "    mean.reset_state()\n    for xb, yb in data:")

MEASURE = "epochs that the metric holds when it is read"
EPOCHS = 2
FEWEST = 2  # steps between two readings that make an epoch
GROWN = 1.5  # times what one epoch gives


def match(run: Run) -> Match | None:
    """Match when a metric that is read once an epoch holds more each time and was never reset."""
    metrics = run.seen.metrics if run.seen is not None and _has_epochs(run) else ()
    guilty = [one for one in metrics if _grows(one) and not _on_purpose(one, metrics)]
    if not guilty:
        return None
    one = guilty[0]
    readings = _last_of_epochs(one)
    epochs = len(readings)
    return Match(
        title=f"`{one.name[:28]}` still holds the first epoch when epoch {epochs} is over",
        evidence=(
            Evidence(f"held by the metric after epoch {epochs}", readings[-1][1], readings[0][1]),
            Evidence("resets of the metric", one.resets, epochs),
            *_own_value(readings),
        ),
        spans=_spans(run, one),
    )


def measure(run: Run) -> float:
    """Return how many first epochs the metric that grew most holds at its last reading."""
    metrics = run.seen.metrics if run.seen is not None else ()
    shares = [r[-1][1] / r[0][1] for r in map(_last_of_epochs, metrics) if len(r) > 1 and r[0][1]]
    return max(shares, default=0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether each reading is now about one epoch."""
    return measure(baseline) > GROWN > measure(repaired) > 0


def _has_epochs(run: Run) -> bool:
    """Tell epochs of several steps from a loop of single steps, where a running mean is no mistake."""
    return run.steps >= FEWEST * max(len(run.epochs), 1)


def _last_of_epochs(one: MetricSeen) -> list[tuple[float | None, float, int]]:
    """(value, what is held, step) of the last reading in each epoch; of a graph, what stands there at its end."""
    found: dict[int, tuple[float | None, float, int]] = {}
    for (epoch, value, held), step in zip(one.held, one.steps_at, strict=True):
        found[epoch] = (value, held, step)
    return [found[epoch] for epoch in sorted(found)]


def _grows(one: MetricSeen) -> bool:
    readings = _last_of_epochs(one)
    if one.resets or one.kind == "Sum" or len(readings) < 2 or not readings[0][1]:  # noqa: PLR2004 - a pair
        return False
    growing = all(later[1] > earlier[1] for earlier, later in pairwise(readings))
    never_less = all(later[2] >= earlier[2] for earlier, later in pairwise(one.held))
    epochs = all(later[2] - earlier[2] >= FEWEST for earlier, later in pairwise(readings))
    return growing and never_less and epochs and readings[-1][1] > GROWN * readings[0][1]


def _on_purpose(one: MetricSeen, others: tuple[MetricSeen, ...]) -> bool:
    """Tell a metric beside which another of its kind, fed with the same values, is reset."""
    first = next((value for _, value, _ in one.held if value is not None), None)
    twins = [o for o in others if o is not one and o.kind == one.kind and o.resets and o.held]
    return first is not None and any(o.held[0][1] == first for o in twins)


def _own_value(readings: list[tuple[float | None, float, int]]) -> tuple[Evidence, ...]:
    """What a mean says at the end, beside what the last epoch alone would say."""
    (before, few, _), (value, many, _) = readings[-2], readings[-1]
    if before is None or value is None or not many > few:
        return ()
    alone = (value * many - before * few) / (many - few)
    return (Evidence("last value read, and that epoch's own mean", value, alone),)


def _spans(run: Run, one: MetricSeen) -> tuple[Span, ...]:
    label = "read here without ever being reset"
    line = one.result_line
    if one.property_line is not None:
        line, label = one.property_line, "this list leaves the metric out"
    line = line or one.line
    if line is None:
        return ()
    primary = line_span(run.source, line, label)
    fed = (
        line_span(run.source, one.line, "fed here in every epoch", primary=False)
        if one.line not in (None, line)
        else None
    )
    return tuple(span for span in (primary, fed) if span is not None)
