"""Five famous lines, each run on a fresh model: which of them moves a weight, by comparing bits?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Array, Experiment, Facts
from trainwhy.results import Row, Table, Value

ROWS, BATCH = 32, 8


class Bench:
    """A fresh model, its optimizer and a little data: what each line may touch."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.x: Array = rng.normal(size=(ROWS, 3)).astype("float32")
        self.y: Array = self.x.sum(axis=1, keepdims=True)
        keras.utils.set_random_seed(seed)
        self.model: Any = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])
        self.optimizer: Any = keras.optimizers.SGD(0.05)

    def gradients(self) -> Any:
        """What the tape says about one pass over the data."""
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self.y - self.model(self.x, training=True)))
        return tape.gradient(loss, self.model.trainable_variables)


def tf_variable(bench: Bench) -> None:
    """Make variables that start as the model's own weights."""
    for weight in bench.model.get_weights():
        tf.Variable(weight)


def model_compile(bench: Bench) -> None:
    """Hand the model an optimizer and a loss."""
    bench.model.compile(optimizer=bench.optimizer, loss="mse")


def tape_gradient(bench: Bench) -> None:
    """Ask for the gradients and do nothing more."""
    bench.gradients()


def model_fit(bench: Bench) -> None:
    """One epoch. Compiling comes first and is measured on its own in another row."""
    model_compile(bench)
    bench.model.fit(bench.x, bench.y, epochs=1, batch_size=BATCH, verbose=0)


def apply_gradients(bench: Bench) -> None:
    """Hand gradients, computed beforehand, to the optimizer."""
    bench.optimizer.apply_gradients(zip(bench.gradients(), bench.model.trainable_variables))


LINES: dict[str, tuple[str, Callable[[Bench], None]]] = {
    "tf_variable": ("tf.Variable(w)", tf_variable),
    "model_compile": ("model.compile(...)", model_compile),
    "tape_gradient": ("tape.gradient(loss, weights)", tape_gradient),
    "model_fit": ("model.fit(x, y)", model_fit),
    "apply_gradients": ("optimizer.apply_gradients(pairs)", apply_gradients),
}


def moved(bench: Bench, line: Callable[[Bench], None]) -> int:
    """How many of the model's weight arrays have other bits after this line than before it."""
    before = [weight.tobytes() for weight in bench.model.get_weights()]
    line(bench)
    after = [weight.tobytes() for weight in bench.model.get_weights()]
    return sum(old != new for old, new in zip(before, after))


def measure(seed: int) -> Facts:
    """Run every line on a bench of its own."""
    values: dict[str, Value] = {}
    rows = []
    for name, (words, line) in LINES.items():
        bench = Bench(seed)
        values[name] = moved(bench, line)
        values[f"{name}_steps"] = int(bench.optimizer.iterations.numpy())
        total = len(bench.model.get_weights())
        rows.append(Row((words, f"{values[name]} of {total}", str(values[f"{name}_steps"]))))
    table = Table("Which line moved a weight?", ("line", "weights that moved", "optimizer steps"), tuple(rows))
    return Facts((table,), values)


def right(values: Mapping[str, Value]) -> dict[str, bool]:
    """A line moves weights when at least one bit of one weight is another one afterwards."""
    return {name: bool(values[name]) for name in LINES}


REASONS = {
    "tf_variable": "it makes a new box with a copy of the numbers; the model keeps its own",
    "model_compile": "it writes down which optimizer and loss to use later; nothing is computed yet",
    "tape_gradient": "it returns directions; a direction that nobody follows moves nothing",
    "model_fit": "inside, it repeats forward, loss, gradient and apply for each batch",
    "apply_gradients": "it hands the directions to the optimizer, which writes new weights",
}


def describe(name: str, given: Any, values: Mapping[str, Value]) -> str:
    """The measured count, then what the line does."""
    if not isinstance(given, bool):
        return "this question takes `True` or `False`"
    weights, steps = plural(values[name], "weight"), plural(values[f"{name}_steps"], "optimizer step")
    return f"`{LINES[name][0]}` moved {weights} in {steps}: {REASONS[name]}"


def plural(count: Value, noun: str) -> str:
    """Write 1 step, 4 steps, no steps."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


TASK = Experiment(measure=measure, right=right, describe=describe)
