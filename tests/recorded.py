"""What is recorded of real workers, and how the core is run on it: `scripts/record_runs` writes, the tests replay."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from unittest import mock

from trainwhy import catalogue, course, processors
from trainwhy.catalogue import Entry
from trainwhy.check import check, prove_cause
from trainwhy.course import Exercise
from trainwhy.results import Progress, Proof, Report, Request
from trainwhy.worker import Worker

FOLDER = Path(__file__).parent / "recordings"  # a folder for each code and each case
HIDDEN = (10, 11)  # the seeds of judging, which are drawn by chance outside tests
EPOCHS = 2  # enough to see a loss fall, and half the bytes

# The examples of these diagnoses were recorded, broken and fixed; of PROVEN their whole proof as well.
EXAMPLES = tuple(f"TW{n}" for n in (*range(101, 108), *range(109, 115), 117, 123, 133, 134, 135, 137, 138))
PROVEN = ("TW101", "TW102", "TW103", "TW104", "TW105", "TW113", "TW123", "TW133")

STEP = """import numpy as np
import tensorflow as tf

{module}
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = {loss}
    gradients = tape.gradient(loss, model.trainable_variables)
    {update}
    return loss
"""
MSE = "tf.reduce_mean(tf.square(y - model(x, training=True)))"
APPLY = "optimizer.apply_gradients(zip(gradients, model.trainable_variables))"
# `set_random_seed` comes before the file: seeds 0 and 10 draw more than a half, seed 11 less.
COIN = "LUCKY = np.random.rand() > 0.5\nprint('\\x1b[31mlucky:\\x1b[0m', LUCKY)\n"


@dataclass(frozen=True)
class Case:
    """One file of a learner, for one exercise: a file of its folder, or a text of its own."""

    exercise: str
    file: str = ""
    text: str = ""
    deadline: float = 20.0

    @property
    def source(self) -> str:
        return self.text or (self.of.folder / self.file).read_text(encoding="utf-8")

    @property
    def of(self) -> Exercise:
        return replace(course.load().find(self.exercise), epochs=EPOCHS, deadline=self.deadline)


CASES = {
    "starter": Case("missing-apply", "starter.py"),
    "solution": Case("missing-apply", "solution.py"),
    "two_faults": Case("missing-apply", text=STEP.format(module="", loss=f"1e-9 * {MSE}", update="pass")),
    "flaky": Case(
        "missing-apply",
        text=STEP.format(module=COIN, loss=MSE, update=f"if LUCKY or optimizer.iterations < 1:\n        {APPLY}"),
    ),
    "crashes_on_one_seed": Case(
        "missing-apply", text=STEP.format(module=COIN, loss=MSE, update=f"LUCKY or missing\n    {APPLY}")
    ),
    "crash": Case("missing-apply", text=STEP.format(module="", loss=MSE, update="1 / 0")),
    "syntax": Case("missing-apply", text="def train_step(:\n"),
    "no_function": Case("missing-apply", text="x = 1\n"),
    "endless": Case("missing-apply", text="while True:\n    pass\n", deadline=2.0),
    "leaves": Case("missing-apply", text="import os\nos._exit(0)\n"),
    "nothing_returned": Case("write-the-step", "starter.py"),
    "no_number": Case("write-the-step", "mistakes/prediction_returned.py"),
    "wrong_loss": Case("house-price", "mistakes/hinge.py"),
    "right_loss": Case("house-price", "solution.py"),
    "function_right": Case("log-dict", "solution.py"),
    "function_wrong": Case("log-dict", "mistakes/keeps_zero.py"),
    "function_crash": Case("log-dict", "mistakes/result_is_a_method.py"),
    "answers_right": Case("who-moved-it", "solution.py"),
    "answers_wrong": Case("who-moved-it", "mistakes/the_tape_does.py"),
}


def report(
    name: str,
    worker: Worker,
    listen: Callable[[Progress], None] | None = None,
    *,
    prove: bool = True,
    judge_starter: bool = True,
) -> Report:
    """Check one case with the recorded seeds of judging."""
    case = CASES[name]
    with fixed_seeds(), two_processors():
        return check(
            case.of,
            case.source,
            worker,
            path=case.of.file,
            listen=listen,
            prove=prove,
            judge_starter=judge_starter,
        )


def fixed_seeds() -> mock._patch[mock.MagicMock]:
    """Judge with the seeds that were recorded."""
    return mock.patch.object(secrets, "randbelow", side_effect=cycle(HIDDEN))


def two_processors() -> mock._patch[mock.MagicMock]:
    """Share the replays of a proof out as it was recorded."""
    return mock.patch.object(processors, "available", return_value=2)


def entry_of(code: str) -> Entry:
    """Find a diagnosis that must be there."""
    entry = catalogue.find(code)
    if entry is None:
        raise LookupError(code)
    return entry


def example(entry: Entry, source: str) -> Request:
    """Ask for an example of a diagnosis on its practice model."""
    return Request(
        job="train",
        exercise="",
        practice=entry.diagnosis.practice,
        source=source,
        name="example.py",
        epochs=EPOCHS,
    )


def proof(entry: Entry, worker: Worker) -> Proof:
    """Prove a diagnosis on its own example, in as many processes as were recorded."""
    with two_processors():
        return prove_cause(worker, example(entry, entry.broken), example(entry, entry.fixed), entry)
