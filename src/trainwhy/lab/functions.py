"""Plain functions of the learner, called with arguments the task draws, compared with the solution's results."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from trainwhy.lab import failures, loading
from trainwhy.lab.task import Function
from trainwhy.lab.training import Emit
from trainwhy.results import Goal, Measured, Observed, Request, Row, Run, Table


def compare(request: Request, task: Function, emit: Emit) -> None:
    """Call the learner's function and the solution's on the same arguments; say where they differ."""
    keras.utils.set_random_seed(request.seed)
    path = loading.write_copy(request)
    solution = loading.trusted(Path(request.exercise) / "solution.py")
    reference = getattr(solution, request.entry.partition("(")[0].strip())
    expected = [reference(*arguments) for arguments in task.calls(request.seed)]
    run = Run(seed=request.seed, source=request.source, loop="function")
    try:
        entry = loading.entry_of(loading.run_file(path, request.source), request.entry)
        given = [entry.function(*arguments) for arguments in task.calls(request.seed)]
    except loading.Unusable as unusable:
        emit(Observed(replace(run, error=unusable.failure)))
        return
    except BaseException as error:  # all the learner's
        emit(Observed(replace(run, error=failures.describe(error, path))))
        return
    emit(Observed(run))
    emit(_measured(task, request.seed, expected, given))


def _measured(task: Function, seed: int, expected: list[Any], given: list[Any]) -> Measured:
    rows, goals = [], []
    for number, (arguments, right, mine) in enumerate(zip(task.calls(seed), expected, given, strict=True), start=1):
        good = same(right, mine)
        show = task.show or (lambda a, r, m: (repr(a), repr(r), repr(m)))
        rows.append(Row(show(arguments, right, mine)))
        words = "" if good else f"case {number}: expected {_short(right)}, the function returned {_short(mine)}"
        goals.append(Goal(f"case-{number}", float(good), 1.0, "==", good, words))
    table = Table("The function on the task's own arguments", task.columns, tuple(rows))
    return Measured(goals=tuple(goals), tables=(table,))


def _short(value: Any) -> str:
    text = repr(_rounded(value))
    return text if len(text) <= 120 else text[:119] + "…"  # noqa: PLR2004 - a line of text


def _rounded(value: Any) -> Any:
    """Four digits are enough to see a difference."""
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return type(value)(map(_rounded, value)) if type(value) in (list, tuple) else value


def same(right: Any, mine: Any) -> bool:
    """Equality by value and type family, floats within 1e-6; objects with their own `==` are not asked."""
    if type(right) is not type(mine) and not (isinstance(right, (int, float)) and type(mine) in (int, float)):
        return False
    if isinstance(right, float):
        return math.isclose(right, float(mine), rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(right, dict):
        return right.keys() == mine.keys() and all(same(right[k], mine[k]) for k in right)
    if isinstance(right, (list, tuple)):
        return len(right) == len(mine) and all(map(same, right, mine))
    return bool(right == mine)
