"""What an exercise's `task.py` builds: a `Training`, an `Experiment` or a `Function`, bound to the name `TASK`.

A task is trusted code from the installed course. It runs in the worker and in the verifier, never in the CLI.
All randomness comes from the seed it is given: `numpy.random.default_rng(seed)` for data; models and optimizers are
made after `keras.utils.set_random_seed(seed)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

import numpy as np
from numpy.typing import NDArray

from trainwhy.results import Goal, Run, Table, Value

Array = NDArray[Any]


@dataclass(frozen=True)
class Data:
    """Rows to train on and rows to judge on, float32 unless the task says otherwise; first axis is the row.

    Every seed draws other rows of the same population: what is learned on the rows of one seed holds on the rows of
    another. The verifier judges on rows of a seed of its own, which no other process is told.
    """

    x: Array
    y: Array
    x_test: Array
    y_test: Array


@dataclass(frozen=True)
class Training:
    """A real model trained by the learner's entry function.

    `model` and `optimizer` make fresh ones (the model built, unless the exercise is about building); `loss` maps
    `(y_true, y_pred)` to a scalar tensor and is the task's own truth, whatever the learner's file minimises.
    A solved file reaches `progress` of the way from the untrained loss to the reference solution's, on rows the worker
    never had; `same_weights` asks in addition that every weight ends within that distance of the reference's.
    `metrics` map `(y_true, y_pred)` arrays to a number. `goals` adds conditions on held-out predictions; `check`
    conditions on the learner's run itself, which can fail a file but never solve it. `vary` makes the variant of the
    rows that a seed of judging gets; mirrored columns when left out (`lab/variants.py`).
    """

    data: Callable[[int], Data]
    loss: Callable[[Any, Any], Any]
    model: Callable[[], Any] | None = None  # None: the learner's file builds it and returns it
    optimizer: Callable[[], Any] | None = None
    metrics: Mapping[str, Callable[[Array, Array], float]] = field(default_factory=dict)
    batch_size: int = 32
    progress: float | None = 0.75
    same_weights: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)  # more named arguments an entry may ask for
    goals: Callable[[Array, Array], Sequence[Goal]] | None = None  # (y_true, y_pred) -> conditions
    check: Callable[[Run], Sequence[Goal]] | None = None
    hand_over: str = "tensor"  # how batches reach the learner: "tensor" or "numpy"
    vary: Callable[[Data, int], Data] | None = None


@dataclass(frozen=True)
class Facts:
    """What an experiment measured: tables to show and named numbers to judge by."""

    tables: tuple[Table, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Experiment:
    """A question file: literals judged against something measured live.

    `measure(seed)` runs it. `right(values)` gives the right literal per question name, computed from what was
    measured. `accept` overrides equality for a question: `(given, values) -> bool`. `describe(name, given, values)` may
    word why an answer without option reasons is wrong.
    """

    measure: Callable[[int], Facts]
    right: Callable[[Mapping[str, Value]], Mapping[str, Any]]
    accept: Mapping[str, Callable[[Any, Mapping[str, Value]], bool]] = field(default_factory=dict)
    describe: Callable[[str, Any, Mapping[str, Value]], str] | None = None


@dataclass(frozen=True)
class Function:
    """A plain function of the learner, compared with the solution's on the same arguments.

    `calls(seed)` gives argument tuples; `show(arguments, expected, given)` makes the cells of a table row.
    """

    calls: Callable[[int], Sequence[tuple[Any, ...]]]
    columns: tuple[str, ...] = ("given", "expected", "returned")
    show: Callable[[tuple[Any, ...], Any, Any], tuple[str, ...]] | None = None


Task = Union[Training, Experiment, Function]


def batches(x: Array, y: Array, size: int) -> list[tuple[Array, Array]]:
    """Consecutive batches of `size` rows; the last one may be smaller."""
    return [(x[start : start + size], y[start : start + size]) for start in range(0, len(x), size)]


def r2(y_true: Array, y_pred: Array) -> float:
    """Coefficient of determination over all rows and outputs; 1 is perfect, 0 is the mean."""
    residual = float(np.sum((y_true - y_pred.reshape(y_true.shape)) ** 2))
    total = float(np.sum((y_true - y_true.mean(axis=0)) ** 2))
    return 1.0 - residual / total if total else 0.0


def accuracy(y_true: Array, y_pred: Array) -> float:
    """Share of rows whose largest output is the integer label (or whose single logit has the right sign)."""
    if y_pred.ndim == 1 or y_pred.shape[-1] == 1:
        return float(np.mean((y_pred.reshape(-1) > 0) == (y_true.reshape(-1) > 0.5)))  # noqa: PLR2004 - labels are 0 and 1
    return float(np.mean(np.argmax(y_pred, axis=-1) == y_true.reshape(-1)))
