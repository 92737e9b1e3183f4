"""The penalties of the layers are computed and left out of the loss.

What happens
    Layers have a regularizer, or call `add_loss`. `fit` with its own step adds these terms to the loss. A step of one's
    own has to do it, and this one asks the tape about the bare loss.

Why it hurts
    The regularizer does nothing: weights stay as large as they like. In a variational autoencoder the KL term is
    missing, and nothing shapes the code.

How it shows
    `model.losses` holds numbers above zero, and what the tape is asked about was not made from any of them.

Fix
    Add `sum(model.losses)` (or `tf.add_n(model.losses)`) to the loss under the tape; `self.compute_loss(...)`
    does it too.

Known limits
    A penalty written by hand, by calling a regularizer in the step, counts as added. A regularizer of strength zero, or
    one on weights that are not being trained, is not looked for.

References
    keras.io/api/layers/regularizers; keras.io/guides/writing_a_custom_training_loop_in_tensorflow, "Low-level handling
    of losses tracked by the model".
"""

from __future__ import annotations

import ast

from trainwhy.dataflow import upstream
from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import PenaltySeen
from trainwhy.sources import assigned_span, call_span, line_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW125",
    name="regularization-ignored",
    level="error",
    why="regularizers and `add_loss` only fill `model.losses`; outside Keras' own step nobody adds them to the loss",
    help="add `sum(model.losses)` to the loss under the tape, or let `self.compute_loss(...)` make the whole loss",
    intervention="add_penalties",
    intervention_words="`model.losses` added to the loss",
    practice="script",
)

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
data = tf.data.Dataset.from_tensor_slices((x, x[:, :1] - x[:, 1:2])).shuffle(160).batch(16)
hidden = keras.layers.Dense(16, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01))
model = keras.Sequential([keras.Input((4,)), hidden, keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)
for epoch in range(4):
    for xb, yb in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(yb - model(xb, training=True)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
"""

FIXED = BROKEN.replace("training=True)))\n", "training=True))) + sum(model.losses)\n")

MEASURE = "reads of `model.losses` for each gradient"
SMALLEST = 1e-9
OPS = 4000  # operations the look records; with so many, some may be missing


def match(run: Run) -> Match | None:
    """Match when a trained model has penalties and none of them is part of what a tape is asked about."""
    looked = run.look.penalties if run.look is not None else ()
    watched = {one.model: one for one in (run.seen.penalties if run.seen is not None else ())}
    for one in looked:
        here = watched.get(one.model)
        if here is not None and _ignored(run, one, here):
            return Match(
                title=f"the penalties of `{one.name[:30]}` are no part of its loss",
                evidence=(
                    Evidence("penalty in `model.losses`, and how much of it is in the loss", one.value, 0),
                    Evidence("gradients computed without it", here.asked, 0),
                ),
                spans=_spans(run, one),
            )
    return None


def measure(run: Run) -> float:
    """Return how often `losses` was read for each gradient."""
    found = run.seen.penalties if run.seen is not None else ()
    return max((one.reads / one.asked for one in found if one.asked), default=0.0)


def recovered(baseline: Run, repaired: Run) -> bool:
    """Tell whether the penalties are in the gradient now, and the penalized weights came out smaller."""
    ends = [[one.at_end for one in run.seen.penalties] if run.seen else [] for run in (baseline, repaired)]
    pairs = [(a, b) for a, b in zip(*ends, strict=False) if a is not None and b is not None]
    return measure(baseline) < measure(repaired) and all(b < a for a, b in pairs)


def _ignored(run: Run, one: PenaltySeen, here: PenaltySeen) -> bool:
    if one.value < SMALLEST or one.by_hand or here.by_hand:
        return False
    if not here.reads and not one.reads:
        return True
    if not one.keys or len(run.ops) >= OPS:
        return False
    ways = [upstream(run.ops, target) for target in one.targets]
    used = {key for way in ways for op in way for key in op.inputs} | set(one.targets)
    return all(ways) and bool(ways) and not used.intersection(one.keys)


def _spans(run: Run, one: PenaltySeen) -> tuple[Span, ...]:
    if one.line is None:
        return ()
    asked = call_span(run.source, one.line, "gradient", "the tape is asked about it here", primary=False)
    made = _made(run.source, one.line)
    label = "this loss has no `model.losses` in it"
    if made is None or asked is None:
        found = call_span(run.source, one.line, "gradient", label) or line_span(run.source, one.line, label)
        return () if found is None else (found,)
    primary = assigned_span(run.source, made, label) or line_span(run.source, made, label)
    return () if primary is None else (primary, asked)


def _made(source: str, line: int) -> int | None:
    """Find the statement that gave the name the tape is asked about its value, above the question."""
    nodes = nodes_of(source)
    calls = [n for n in nodes if isinstance(n, ast.Call) and n.lineno <= line <= (n.end_lineno or line)]
    asked = [c.args[0] for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "gradient" and c.args]
    if not asked or not isinstance(asked[0], ast.Name):
        return None
    name = asked[0].id
    made = [
        n.lineno
        for n in nodes
        if isinstance(n, (ast.Assign, ast.AugAssign))
        and n.lineno <= line
        and any(
            isinstance(t, ast.Name) and t.id == name
            for t in ast.walk(n)
            if isinstance(getattr(t, "ctx", None), ast.Store)
        )
    ]
    return max(made, default=None)
