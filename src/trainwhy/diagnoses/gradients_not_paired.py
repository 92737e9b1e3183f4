"""`apply_gradients` is given gradients without their variables.

What happens
    The optimizer gets the list of gradients alone, or two lists beside each other, where it expects one list of
    (gradient, variable) pairs.

Why it hurts
    Without the variable a gradient belongs to, no update is possible, and the step ends with an exception whose words
    are about unpacking rather than about pairs.

How it shows
    The call of `apply_gradients` raises, and what it was given holds no pairs.

Fix
    `optimizer.apply_gradients(zip(gradients, model.trainable_variables))`.

Known limits
    `optimizer.apply(gradients, variables)` takes two lists and is right; it is not looked at here.

References
    keras.io/api/optimizers, `apply_gradients` and `apply`.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span, Update
from trainwhy.sources import call_span, line_span

DIAGNOSIS = Diagnosis(
    code="TW112",
    name="gradients-not-paired",
    level="error",
    why="the optimizer has to know which variable each gradient belongs to, so it takes (gradient, variable) pairs",
    help="pair each gradient with its variable: `zip(gradients, model.trainable_variables)`",
    intervention="pair_up",
    intervention_words="each gradient paired with its variable",
    explains=("TW101", "TW109"),
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(gradients, model.trainable_variables)
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


def match(run: Run) -> Match | None:
    """Match an `apply_gradients` that raised over something that holds no pairs."""
    for update in run.updates:
        if update.method == "apply_gradients" and update.argument != "pairs" and update.error:
            return Match(title=_title(update), evidence=_evidence(run, update), spans=_spans(run, update))
    return None


def _title(update: Update) -> str:
    if update.argument == "gradients":
        return "`apply_gradients` is given gradients without their variables"
    return "`apply_gradients` is given something that holds no (gradient, variable) pairs"


def _evidence(run: Run, update: Update) -> tuple[Evidence, ...]:
    asked = run.gradient_calls[-1].sources if run.gradient_calls else ()
    wanted = len(asked) or sum(v.trainable for v in run.variables)
    return (
        Evidence("(gradient, variable) pairs given to the optimizer", 0, wanted),
        Evidence("exception the call raised", update.error),
    )


def _spans(run: Run, update: Update) -> tuple[Span, ...]:
    if update.line is None:
        return ()
    label = "no (gradient, variable) pairs in here"
    found = call_span(run.source, update.line, update.method, label) or line_span(run.source, update.line, label)
    return () if found is None else (found,)
