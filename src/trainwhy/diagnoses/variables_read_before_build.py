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

from trainwhy.reach import WEIGHTS_MOVED, more_move, moved, weights_moved
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

OF_SCRIPT = (WEIGHTS_MOVED, weights_moved, more_move, "the variables read once the model is built")

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
    if run.loop == "script":
        return _of_script(run)
    empty = next((call for call in run.gradient_calls if not call.sources), None)
    if run.built_at_start or empty is None or _trained(run):
        return None
    count = sum(variable.trainable for variable in run.variables)
    return Match(
        title="the variables were read while the model had none",
        evidence=(Evidence("variables the gradient was asked for", 0, count),),
        spans=_spans(run, empty),
    )


def _of_script(run: Run) -> Match | None:
    """Match a list that was read too early, when the variables it lacks were never asked for and never moved."""
    asked = {s.name for call in run.gradient_calls for s in call.sources}
    for seen in (run.look, run.seen):
        for read in seen.readings if seen else ():
            lacks = set(read.missing) - asked - moved(run)
            short = [c for c in run.gradient_calls if len(c.sources) <= read.count]
            if read.line and short and len(lacks) == len(read.missing):
                evidence = (
                    Evidence("variables in the list that was read", read.count, read.count + len(lacks)),
                    Evidence("variables the gradient was asked for", len(short[0].sources), read.count + len(lacks)),
                )
                label = f"{read.count} of {read.count + len(lacks)} variables are there yet"
                spans = (line_span(run.source, read.line, label), *_asked(run, short[0]))
                return Match("the variables were read while the model had none", evidence, tuple(s for s in spans if s))
    return None


def _asked(run: Run, call: GradientCall) -> tuple[Span, ...]:
    found = call_span(
        run.source, call.line or 0, "gradient", f"asked about {len(call.sources)} variables", primary=False
    )
    return () if found is None else (found,)


def _trained(run: Run) -> bool:
    """Tell a run whose first empty step did no harm: later steps read the variables again."""
    return run.error is None and any(v.trainable and v.moved for v in run.variables)


def _spans(run: Run, call: GradientCall) -> tuple[Span, ...]:
    if call.line is None:
        return ()
    label = "asked for the gradient of 0 variables"
    found = call_span(run.source, call.line, "gradient", label) or line_span(run.source, call.line, label)
    return () if found is None else (found,)
