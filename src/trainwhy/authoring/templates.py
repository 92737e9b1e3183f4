"""Texts that a new exercise or a new diagnosis begins with: small, complete, and right where they stand."""

CHAPTER = """\
title = "{title}"
intro = "One or two sentences on what this chapter is about."
"""

LESSON = """\
One idea, in at most half a page: what is looked at, and what to look for.

Run it, look at the table, then change the file.
"""

TOML = """\
id = "{slug}"
title = "{title}"
kind = "{kind}"
level = "easy"
minutes = 5
concepts = ["GradientTape"]
entry = "{entry}"
epochs = 5
seeds = [0, 1, 2]
deadline = 20
expects = "{expects}"
hints = [
  "A question that sends the eye to the right place.",
  "What is to be found there.",
  "A line that works: `{worked}`",
]
takeaway = "one sentence to remember"
"""

PREDICTION = """
[prediction]
about = "loss"
question = "Before it runs: what will the loss do?"
"""

ORDER = """
[order]
lines = [
  "    with tf.GradientTape() as tape:",
  "        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))",
  "    gradients = tape.gradient(loss, model.trainable_variables)",
  "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))",
  "    return loss",
]
"""

QUESTION = """
[[questions]]
name = "answer"
text = "Which of the two is larger?"
kind = "option"
options = [
  { id = "first", text = "the first", reason = "what the run shows when this is chosen and wrong" },
  { id = "second", text = "the second", reason = "what the run shows when this is chosen and wrong" },
  { id = "same", text = "both are the same", reason = "what the run shows when this is chosen and wrong" },
]
"""

STEP = '''\
"""One training step."""

import tensorflow as tf


def train_step(model, optimizer, x, y):
    """Learn from one batch: x has shape (32, 3), y has shape (32, 1)."""
{body}'''

STEP_TASK = '''\
"""One number from three columns, learned by a network of eight hidden units."""

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Data, Training

SLOPES = np.array([[2.0], [-1.5], [1.0]])


def data(seed: int) -> Data:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(384, 3))
    y = x @ SLOPES + 0.3 * rng.normal(size=(384, 1))
    x, y = x.astype("float32"), y.astype("float32")
    return Data(x[:256], y[:256], x[256:], y[256:])


def model() -> keras.Model:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])


def optimizer() -> keras.optimizers.Optimizer:
    return keras.optimizers.SGD(0.05)


def loss(y_true: tf.Tensor, y_pred: tf.Tensor) -> tf.Tensor:
    return tf.reduce_mean(tf.square(y_true - y_pred))


TASK = Training(data=data, model=model, optimizer=optimizer, loss=loss)
'''

QUESTION_TASK = '''\
"""Two numbers, measured live."""

import numpy as np

from trainwhy.lab.task import Experiment, Facts
from trainwhy.results import Row, Table


def measure(seed: int) -> Facts:
    rng = np.random.default_rng(seed)
    first, second = float(rng.uniform(0, 1)), float(rng.uniform(2, 3))
    rows = (Row(("first", f"{first:.3g}")), Row(("second", f"{second:.3g}")))
    return Facts((Table("Two numbers", ("which", "value"), rows),), {"first": first, "second": second})


def right(values):
    return {"answer": "first" if values["first"] > values["second"] else "second"}


TASK = Experiment(measure=measure, right=right)
'''

ANSWER = '"""Write the id of an option between the quotes."""\n\nanswer = "{answer}"\n'

_TAPE = """\
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
"""
_GRADIENTS = "    gradients = tape.gradient(loss, model.trainable_variables)\n"
_UPDATE = "    optimizer.apply_gradients(zip(gradients, model.trainable_variables))\n"
_RETURN = "    return loss\n"

SOLUTION = _TAPE + _GRADIENTS + _UPDATE + _RETURN
STARTERS = {
    "fix": _TAPE + _GRADIENTS + "    # TODO: what is missing?\n" + _RETURN,
    "fill": _TAPE + _GRADIENTS + _UPDATE.replace("apply_gradients", "____") + _RETURN,
    "write": "    # TODO: write the step.\n",
    "order": "    # TODO: bring these lines into order.\n" + _UPDATE + _TAPE + _GRADIENTS + _RETURN,
}
EXPECTS = {"fix": "TW101", "fill": "blank", "write": "raised:NothingReturned", "order": "raised:UnboundLocalError"}
ALTERNATIVES = {
    "apply": _TAPE + _GRADIENTS + "    optimizer.apply(gradients, model.trainable_variables)\n" + _RETURN,
    "by_hand": _TAPE
    + _GRADIENTS
    + "    for variable, gradient in zip(model.trainable_variables, gradients):\n"
    + "        variable.assign_sub(0.05 * gradient)\n"
    + _RETURN,
}
MISTAKES = {
    "uphill": ("TW113", _TAPE.replace("tf.reduce_mean", "-tf.reduce_mean") + _GRADIENTS + _UPDATE + _RETURN),
    "nothing_returned": ("raised:NothingReturned", _TAPE + _GRADIENTS + _UPDATE),
}

DIAGNOSIS = '''\
"""One sentence: the mistake, as it stands in the code.

What happens
    What the code does, and what it does not do.

Why it hurts
    What the learner sees, or does not see.

How it shows
    What is measured in the run, and which number decides.

Fix
    What to do, in the imperative.

Known limits
    Where the rule stays silent although the mistake is there, and what it could be confused with.

References
    A page or a paper.
"""

from __future__ import annotations

from trainwhy.results import Diagnosis, Match, Run

DIAGNOSIS = Diagnosis(
    code="{code}",
    name="{name}",
    level="error",
    why="one or two sentences on the mechanism",
    help="what to do, in the imperative",
)

BROKEN = \'\'\'\\
import tensorflow as tf


{broken}\'\'\'

FIXED = \'\'\'\\
import tensorflow as tf


{fixed}\'\'\'


def match(run: Run) -> Match | None:
    """Match when the run shows it, with the numbers that say so; silence when they do not."""
    if run.error is not None or not run.gradient_call_count or run.update_count:
        return None
    return None  # Match(title=..., evidence=(Evidence(...),), spans=(Span(...),))
'''
DIAGNOSIS_BROKEN = "def train_step(model, optimizer, x, y):\n" + _TAPE + _GRADIENTS + _RETURN
DIAGNOSIS_FIXED = "def train_step(model, optimizer, x, y):\n" + SOLUTION
