"""The weights are plain tensors or arrays, which no tape watches.

What happens
    The tape is asked for gradients of `tf.constant` tensors, of copies of variables, or of NumPy arrays.

Why it hurts
    A tape watches trainable `tf.Variable`s by itself, and nothing else. For a plain tensor it records no history, so
    its gradient is `None`; and a tensor cannot be changed, so there is nothing to update either.

How it shows
    Everything the tape was asked for is a tensor or an array, it watched none of it, and no gradient came back.

Fix
    Make weights with `tf.Variable(...)` (or a layer), and hand these variables to `tape.gradient` and the optimizer.

Known limits
    A tensor that is watched on purpose (`tape.watch(x)`, for saliency or an adversarial input) has a gradient and is
    fine.

References
    www.tensorflow.org/guide/autodiff, "Controlling what the tape watches".
"""

from __future__ import annotations

import ast

from trainwhy.crashes import fact, number
from trainwhy.lineage import Break, Lineage, broken
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.sources import call_span, line_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW135",
    name="weights-not-variables",
    level="error",
    why="a tape watches trainable variables by itself; a plain tensor or array has no history it could follow",
    help="keep the weights in `tf.Variable`s and ask the tape for these",
    intervention="watch_constants",
    intervention_words="the plain tensors watched by the tape",
)

BROKEN = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    weights = [tf.convert_to_tensor(v) for v in model.trainable_variables]
    with tf.GradientTape() as tape:
        hidden = tf.nn.relu(x @ weights[0] + weights[1])
        prediction = hidden @ weights[2] + weights[3]
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""

FIXED = """\
import tensorflow as tf


def train_step(model, optimizer, x, y):
    weights = model.trainable_variables
    with tf.GradientTape() as tape:
        hidden = tf.nn.relu(x @ weights[0] + weights[1])
        prediction = hidden @ weights[2] + weights[3]
        loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(loss, weights)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
"""


def match(run: Run) -> Match | None:
    """Match when everything the tape was asked for is plain, none of it watched, and no weight ever moved."""
    if run.seen is not None and (layer := _in_layers(run)) is not None:
        return layer
    found = broken(run, "no_variable")
    if found is None or any(v.moved for v in run.variables if v.trainable):
        return None
    lineage, cut = found
    return Match(_title(cut), _evidence(lineage), _spans(run, lineage, cut))


def _in_layers(run: Run) -> Match | None:
    """Match when layers of one's own multiply by random arrays and have no weight at all."""
    layers = number(run, "plain_layers", look=True)
    if not layers:
        return None
    kind, names = str(fact(run, "plain_kind", look=True)), str(fact(run, "plain_names", look=True)).split(",")
    evidence = (
        Evidence(f"numbers of `{kind}` that nothing can train", int(number(run, "plain_numbers", look=True)), 0),
        Evidence(f"weights of `{kind}`", 0),
    )
    lines = [line for name in names if (line := _attribute_line(run.source, kind, name))]
    spans = [
        line_span(run.source, line, "no variable: nothing trains it", primary=not i) for i, line in enumerate(lines)
    ]
    title = f"`{kind}` multiplies by arrays that are no weights"[:80]
    return Match(title, evidence, tuple(span for span in spans if span))


def _attribute_line(source: str, kind: str, name: str) -> int | None:
    """Find where a class sets one of its attributes. What the layer holds is known: this only aims the arrow."""
    for owner in nodes_of(source):
        if isinstance(owner, ast.ClassDef) and owner.name == kind:
            for node in ast.walk(owner):
                if isinstance(node, ast.Assign) and any(
                    isinstance(t, ast.Attribute) and t.attr == name for t in node.targets
                ):
                    return node.lineno
    return None


def _title(cut: Break) -> str:
    kind = "NumPy arrays" if cut.what == "array" else "plain tensors"
    return f"the tape is asked about {kind}, which it does not watch"


def _evidence(lineage: Lineage) -> tuple[Evidence, ...]:
    sources = len(lineage.call.sources)
    present = sum(gradient.present for gradient in lineage.call.gradients)
    variables = sum(source.kind == "variable" for source in lineage.call.sources)
    return (
        Evidence("variables among what the tape was asked for", variables, sources),
        Evidence("gradients that are not None", present, sources),
    )


def _spans(run: Run, lineage: Lineage, cut: Break) -> tuple[Span, ...]:
    """Mark the question; where the plain values are used, beside it."""
    line = lineage.call.line or 0
    made = str(fact(run, "plain_lines", look=True) or "")
    if made:
        marks = [
            line_span(run.source, int(one), "made as plain values, not as variables", primary=not i)
            for i, one in enumerate(made.split(",")[:3])
        ]
        last = call_span(run.source, line, "gradient", "asked about these", primary=False)
        return tuple(span for span in (*marks, last) if span)
    asked = call_span(run.source, line, "gradient", "asked about values that are no variables")
    elsewhere = cut.line if cut.line != line else None
    used = line_span(run.source, elsewhere or 0, "used here, unwatched", primary=False)
    return tuple(span for span in (asked, used) if span)
