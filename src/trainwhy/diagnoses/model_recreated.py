"""The model is made anew in every turn of the training loop.

What happens
    The line that builds the model stands inside the loop over epochs or chunks of data. Each turn trains a fresh one.

Why it hurts
    What one turn learned is thrown away by the next. The loss begins at the same height again and again, and the model
    at the end has seen one turn only.

How it shows
    Several sets of weights of the same shapes are trained one after another, none longer than one turn, all made on
    one line inside a loop, and those before the last are never used again.

Fix
    Build the model once, before the loop.

Known limits
    Cross-validation, ensembles, seeds and settings that are compared also build models in a loop. There each one is
    trained for several epochs, and then used, or made with another setting or seed; nothing is said.

References
    keras.io/guides/writing_a_custom_training_loop_in_tensorflow.
"""

from __future__ import annotations

import ast
from itertools import pairwise

from trainwhy.results import Diagnosis, Evidence, Match, Run, Span
from trainwhy.seen import FitSeen, Trainee
from trainwhy.sources import line_span, nodes_of

DIAGNOSIS = Diagnosis(
    code="TW115",
    name="model-recreated",
    level="error",
    why="a new model starts from new random weights, so each turn of the loop throws away what the one before learned",
    help="build the model once, before the loop, and train that one in every turn",
    explains=("TW114", "TW416", "TW402", "TW418"),
    practice="script",
)
UNREPAIRED = "the loop makes its own model, and holds it under names that cannot be changed from outside"

BROKEN = """\
import keras
import numpy as np
import tensorflow as tf

x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
y = x[:, :1] - 2 * x[:, 1:2]
optimizer = keras.optimizers.SGD(0.05)
for epoch in range(5):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    for i in range(0, 160, 16):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y[i : i + 16] - model(x[i : i + 16], training=True)))
        for weight, gradient in zip(model.trainable_variables, tape.gradient(loss, model.trainable_variables)):
            weight.assign_sub(0.05 * gradient)
"""

_MODEL = "    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])\n"
BROKEN = BROKEN.replace("optimizer = keras.optimizers.SGD(0.05)\n", "")
FIXED = BROKEN.replace(_MODEL, "").replace("for epoch", _MODEL.strip() + "\nfor epoch")

FEWEST = 3  # sets of weights from one line
LONG = 60  # steps that a set trained and used afterwards may have had, to be called short
TWO = 2
COLLECTING = ("append", "extend", "add", "update", "insert", "write")  # methods of Python's own containers and files


def match(run: Run) -> Match | None:
    """Match sets of weights of the same shapes, made on one line of a loop and dropped after one turn."""
    groups: dict[int, list[Trainee]] = {}
    for one in run.seen.trainees if run.seen is not None else ():
        if one.line is not None:
            groups.setdefault(one.line, []).append(one)
    for line, remade in groups.items():
        if _thrown_away(run, remade):
            return Match(title=_title(remade), evidence=_evidence(run, remade), spans=_spans(run, line))
    return None


def _thrown_away(run: Run, remade: list[Trainee]) -> bool:
    same = len({one.shapes for one in remade}) == 1 and len({one.seeds for one in remade}) == 1
    if not same or len(remade) < TWO or any(b.first_step <= a.last_step - 1 for a, b in pairwise(remade)):
        return False
    fits = [f for f in (run.seen.fits if run.seen else ()) if f.method == "fit"]
    if fits:
        return len(remade) >= FEWEST - (len(fits) >= FEWEST) and _fits_thrown_away(run, fits, remade)
    short = all(one.first_epoch == one.last_epoch for one in remade[:-1])
    steps = max(one.last_step - one.first_step + 1 for one in remade)
    used = any(one.used_after for one in remade[:-1])
    return len(remade) >= FEWEST and short and (not used or steps <= LONG)


def _fits_thrown_away(run: Run, fits: list[FitSeen], remade: list[Trainee]) -> bool:
    """One epoch of the same data each time, or other data each time, and the models before the last left unused.

    A model that was measured may be one of several that are compared; not so when every turn of the loop is the same
    and nothing of it is kept.
    """
    data = {f.x.mean for f in fits if f.x is not None}
    if len(data) == 1 and all(f.epochs_asked == 1 for f in fits) and _keeps_nothing(run, remade[0].line):
        return True
    if any(one.used_after for one in remade[:-1]) or any(f.validation for f in fits):
        return False
    return all(f.epochs_asked == 1 for f in fits) or (len(data) == len(fits) > 1)


def _keeps_nothing(run: Run, line: int | None) -> bool:
    """Tell a loop around a line whose number is used for nothing but words, and in which no result is collected."""
    loops = [node for node in nodes_of(run.source) if isinstance(node, ast.For)]
    around = [node for node in loops if line is not None and node.lineno < line <= (node.end_lineno or 0)]
    named = [(node, node.target.id) for node in around if isinstance(node.target, ast.Name)]
    return any(not _handed_on(node, name) and not _collects(node) for node, name in named)


def _handed_on(loop: ast.For, name: str) -> bool:
    calls = [node for part in loop.body for node in ast.walk(part) if isinstance(node, ast.Call)]
    calls = [node for node in calls if not (isinstance(node.func, ast.Name) and node.func.id == "print")]
    given = [one for call in calls for one in (*call.args, *(keyword.value for keyword in call.keywords))]
    return any(isinstance(node, ast.Name) and node.id == name for one in given for node in ast.walk(one))


def _collects(loop: ast.For) -> bool:
    """Tell a body that adds to something from before: a method called as a statement, `a[i] = ...`, `a += ...`."""
    for node in (node for part in loop.body for node in ast.walk(part)):
        if isinstance(node, ast.AugAssign):
            return True
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Subscript) for target in node.targets):
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COLLECTING:
            return True
    return False


def _title(remade: list[Trainee]) -> str:
    return f"{len(remade)} models are made one after another, each trained for one turn of the loop"


def _evidence(run: Run, remade: list[Trainee]) -> tuple[Evidence, ...]:
    steps = max(one.last_step - one.first_step + 1 for one in remade)
    return (
        Evidence("models made on one line inside the loop", len(remade), 1),
        Evidence("steps of training that one of them got, at most", steps, run.steps),
    )


def _spans(run: Run, line: int) -> tuple[Span, ...]:
    found = line_span(run.source, line, "made again in every turn of the loop")
    return () if found is None else (found,)
