"""Half-precision gradients are computed without scaling the loss.

What happens
    Layers compute in float16 (`mixed_float16`), and the loss is differentiated as it is: gradients below 6e-8 become
    0. Or a `LossScaleOptimizer` divides by its scale what nobody multiplied by it.

Why it hurts
    Small gradients are lost on the way through the layers; with a `LossScaleOptimizer` every step is 32768 times too
    short.

How it shows
    The same gradient, asked for at a larger scale and scaled back, is another one; or the optimizer was given gradients
    and `scale_loss` was never called.

Fix
    Wrap the optimizer in `keras.mixed_precision.LossScaleOptimizer` and differentiate `optimizer.scale_loss(loss)`;
    `fit` does both by itself unless `train_step` is one's own. Or compute in `mixed_bfloat16`.

Known limits
    Without an eager look at the first steps only the second form is known. A plain optimizer is no fault where
    nothing is lost. A scale applied by hand is not told from none.

References
    www.tensorflow.org/guide/mixed_precision, "Loss scaling".
"""

from __future__ import annotations

from trainwhy.crashes import line_of, number
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW132",
    name="half-precision-unscaled",
    level="error",
    why=(
        "float16 holds nothing below 6e-8, so small gradients vanish; the loss has to be scaled up "
        "before, and down after"
    ),
    help=(
        "use `keras.mixed_precision.LossScaleOptimizer` and differentiate `optimizer.scale_loss(loss)`, "
        "or use `mixed_bfloat16`"
    ),
    intervention="scale_the_loss",
    intervention_words="the loss scaled up for the gradients",
    explains=("TW402", "TW421", "TW422"),
    practice="script",
)

BROKEN = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
tf.keras.mixed_precision.set_global_policy("mixed_float16")
x = np.random.randn(256, 4).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, dtype="float32")])
optimizer = tf.keras.mixed_precision.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1))
model.build((None, 4))
optimizer.build(model.trainable_variables)
for step in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = """\
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(0)
tf.keras.mixed_precision.set_global_policy("mixed_float16")
x = np.random.randn(256, 4).astype("float32")
y = x[:, :1] - x[:, 1:2]
model = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1, dtype="float32")])
optimizer = tf.keras.mixed_precision.LossScaleOptimizer(tf.keras.optimizers.SGD(0.1))
model.build((None, 4))
optimizer.build(model.trainable_variables)
for step in range(40):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x, training=True) - y))
        loss = optimizer.scale_loss(loss)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

MOST = 0.2  # of a gradient's length, by which it may be off


def match(run: Run) -> Match | None:
    """Match when an optimizer unscales what was never scaled, or half floats lose a part of the gradient."""
    updates, scalings = number(run, "scaled_updates"), number(run, "scalings")
    if updates and not scalings:
        return _match_unscaled(run, int(updates))
    error = number(run, "half_error", look=True)
    if error > MOST and not scalings:
        return _match_lost(run, error)
    return None


def _match_unscaled(run: Run, updates: int) -> Match:
    evidence = (
        Evidence(f"times the loss was scaled for {updates} updates that unscale it", 0, updates),
        Evidence("loss scale that every gradient is divided by", 32768.0, 1),
    )
    return Match(
        "the optimizer unscales gradients of a loss that was never scaled",
        evidence,
        _spans(run, "of a loss that was not scaled"),
    )


def _match_lost(run: Run, error: float) -> Match:
    alive, lost = number(run, "half_alive", look=True), number(run, "half_lost", look=True)
    evidence = (
        Evidence("error of the float16 gradient / its length", error, MOST),
        Evidence(f"of {int(alive)} numbers in it, that became 0", int(lost), 0),
    )
    return Match("the gradients are too small for float16", evidence, _spans(run, "passes float16 unscaled"))


def _spans(run: Run, label: str) -> tuple[Span, ...]:
    asked = line_of(run, "half_line", look=True) or next((c.line for c in run.gradient_calls if c.line), None)
    applied = line_of(run, "scaled_line")
    first = call_span(run.source, asked, "gradient", label) if asked else None
    if first is None and asked:
        first = line_span(run.source, asked, label)
    second = line_span(run.source, applied, "divided by the scale here", primary=first is None) if applied else None
    return tuple(span for span in (first, second if applied != asked else None) if span)
