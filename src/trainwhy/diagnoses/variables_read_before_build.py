"""The list of variables is read before the model has any.

What happens
    A model without an `Input` makes its variables in its first call. The list was taken before that call, so it is
    empty, and it stays empty.

Why it hurts
    There is nothing to differentiate and nothing to update. `apply_gradients` fails with words about unpacking;
    `optimizer.apply` does nothing at all and says so nowhere.

How it shows
    The tape is asked for the gradient of 0 variables, while the model has some once it has been called.

Fix
    Build the model first (an `Input` layer, `model.build(shape)` or one call), or read `model.trainable_variables`
    after the forward pass.

Known limits
    A list that is empty although the model was built at the start has another cause.

References
    keras.io/guides/sequential_model, "Specifying the input shape in advance".
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, GradientCall, Match, Run, Span
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW110",
    name="variables-read-before-build",
    level="error",
    why="a model without an `Input` makes its variables in its first call; a list taken before that call stays empty",
    help="build the model first, or read `model.trainable_variables` after the forward pass",
    intervention="build_first",
    intervention_words="the model built before its variables are read",
    explains=("TW101", "TW109"),
    practice="unbuilt",
)

BROKEN = """\
import tensorflow as tf


def train(model, optimizer, data):
    variables = model.trainable_variables
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, variables)
            optimizer.apply(gradients, variables)
"""

FIXED = """\
import tensorflow as tf


def train(model, optimizer, data):
    model.build((None, 3))
    variables = model.trainable_variables
    for epoch in range(5):
        for x, y in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
            gradients = tape.gradient(loss, variables)
            optimizer.apply(gradients, variables)
"""


def match(run: Run) -> Match | None:
    """Match when a model that was not built at the start was differentiated by an empty list."""
    empty = next((call for call in run.gradient_calls if not call.sources), None)
    if run.built_at_start or empty is None or _trained(run):
        return None
    count = sum(variable.trainable for variable in run.variables)
    return Match(
        title="the variables were read while the model had none",
        evidence=(Evidence("variables the gradient was asked for", 0, count),),
        spans=_spans(run, empty),
    )


def _trained(run: Run) -> bool:
    """Tell a run whose first empty step did no harm: later steps read the variables again."""
    return run.error is None and any(v.trainable and v.moved for v in run.variables)


def _spans(run: Run, call: GradientCall) -> tuple[Span, ...]:
    if call.line is None:
        return ()
    label = "asked for the gradient of 0 variables"
    found = call_span(run.source, call.line, "gradient", label) or line_span(run.source, call.line, label)
    return () if found is None else (found,)
