"""What a learner's function returned beside what the solution's returns: by value and type, case by case."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import tensorflow as tf

from trainwhy.lab.task import Function
from trainwhy.results import Goal, Measured, Row, Table

NUMBERS = (int, float, np.float64)  # the last is a float of Python's too
LINE = 120  # characters of a value that are shown


def compare(task: Function, calls: list[tuple[Any, ...]], expected: list[Any], given: list[Any]) -> Measured:
    """Say for every call whether both agree, as goals and as a table."""
    rows, goals = [], []
    for number, (arguments, right, mine) in enumerate(zip(calls, expected, given, strict=True), start=1):
        good = same(right, mine)
        show = task.show or (lambda a, r, m: (repr(a), repr(r), repr(m)))
        rows.append(Row(show(arguments, right, mine)))
        words = "" if good else f"case {number}: expected {_short(right)}, the function returned {_short(mine)}"
        goals.append(Goal(f"case-{number}", float(good), 1.0, "==", good, words))
    table = Table("The function on the task's own arguments", task.columns, tuple(rows))
    return Measured(goals=tuple(goals), tables=(table,))


def same(right: Any, mine: Any) -> bool:
    """Equality by value and type family, floats within 1e-6; whoever made `mine` is not asked."""
    if isinstance(right, (tf.Tensor, np.ndarray, np.generic)):
        return isinstance(mine, tf.Tensor) == isinstance(right, tf.Tensor) and _same_arrays(right, mine)
    if type(right) is not type(mine) and not (isinstance(right, (int, float)) and type(mine) in NUMBERS):
        return False
    if isinstance(right, float):
        return math.isclose(right, float(mine), rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(right, dict):
        return right.keys() == mine.keys() and all(same(right[k], mine[k]) for k in right)
    if isinstance(right, (list, tuple)):
        return len(right) == len(mine) and all(map(same, right, mine))
    return bool(right == mine)


def _same_arrays(right: Any, mine: Any) -> bool:
    if not isinstance(mine, (tf.Tensor, np.ndarray, np.generic)):
        return False
    one, other = np.asarray(right), np.asarray(mine)
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    close = np.isclose(one, other, rtol=1e-5, atol=1e-7, equal_nan=True) if one.dtype.kind == "f" else one == other
    return bool(np.all(close))


def _short(value: Any) -> str:
    text = repr(_rounded(value))
    return text if len(text) <= LINE else text[: LINE - 1] + "…"


class _Bare(str):
    """A text that is shown without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _rounded(value: Any) -> Any:
    """Four digits are enough to see a difference."""
    if isinstance(value, np.generic):  # it looks like one of Python's numbers, and may be wrong for that alone
        return _Bare(f"np.{value.dtype.name}({value:.4g})" if value.dtype.kind == "f" else repr(value))
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return type(value)(map(_rounded, value)) if type(value) in (list, tuple) else value
