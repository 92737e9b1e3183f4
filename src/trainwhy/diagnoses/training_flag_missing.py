"""The model is trained as if it were being used.

What happens
    The forward pass under the tape is called without `training=True`. Dropout then drops nothing, and batch
    normalization uses its stored statistics and never updates them.

Why it hurts
    Dropout does not regularise, so the model memorises sooner. Batch normalization keeps the mean 0 and variance 1 it
    was born with; once it is switched to training mode, or loaded elsewhere, the numbers do not fit the data.

How it shows
    Every layer with two modes was called under the tape, and none of these calls was a training call.

Fix
    Write `model(x, training=True)` in the step, and leave the flag away (or False) when evaluating. `fit` does both.

Known limits
    Layers that are frozen are not counted: a frozen batch normalization runs in inference mode on purpose. One layer
    that trains is enough for silence, because a part may be kept in inference mode by choice. In a script the same goes
    for models that are not trained, and for batch normalization whose statistics come from an earlier training.

References
    keras.io/getting_started/faq, "What's the difference between the training argument in call() and the trainable
    attribute?"; keras.io/api/layers/normalization_layers/batch_normalization.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Mode, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW123",
    name="training-flag-missing",
    level="error",
    why="dropout and batch normalization do their work only in a call with `training=True`",
    help="pass `training=True` to the forward pass under the tape, and only there",
    intervention="training_flag",
    intervention_words="`training=True` passed while the tape records",
    practice="modes",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

MEASURE = "share of calls with `training=True`"


def match(run: Run) -> Match | None:
    """Match when layers with two modes ran under the tape and none ever in training mode."""
    modes = _trained(run)
    if not modes or any(mode.trained_calls for mode in modes):
        return None
    kinds = " and ".join(f"`{kind}`" for kind in sorted({mode.kind for mode in modes})[:2])
    evidence = Evidence(
        "layer calls under the tape with `training=True`", 0, sum(mode.recorded_calls for mode in modes)
    )
    return Match(title=f"{kinds} ran in inference mode under the tape", evidence=(evidence,), spans=_spans(run, modes))


def measure(run: Run) -> float:
    """Return the share of calls under a tape that were training calls."""
    calls = sum(mode.recorded_calls for mode in run.modes)
    return sum(mode.trained_calls for mode in run.modes) / calls if calls else 0.0


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether layers with two modes now run in training mode."""
    return measure(baseline) == 0.0 < measure(repaired)


def _trained(run: Run) -> list[Mode]:
    """Return the layers that were called while recording, without those that are frozen."""
    if run.loop == "script":
        return [mode for mode in run.modes if mode.recorded_calls]  # what is frozen or on purpose was never recorded
    frozen = {v.name.rpartition("/")[0].split("/")[-1] for v in run.variables if _is_frozen_scale(v.name, v.trainable)}
    return [mode for mode in run.modes if mode.recorded_calls and mode.layer not in frozen]


def _is_frozen_scale(name: str, trainable: bool) -> bool:
    # Moving statistics and seed states are never trainable; scale and offset say whether the layer is frozen.
    return not trainable and name.rpartition("/")[2] in ("gamma", "beta")


def _spans(run: Run, modes: list[Mode]) -> tuple[Span, ...]:
    line = next((mode.line for mode in modes if mode.line), None)
    if line is None:
        return ()
    label = "this call runs in inference mode"
    found = call_span(run.source, line, "model", label) or line_span(run.source, line, label)
    return () if found is None else (found,)
