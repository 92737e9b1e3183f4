"""Plain functions of the learner, by challenge and response.

The worker runs the learner's file first and is told only then which seeds the arguments are drawn from; what the
function returns leaves as plain data. The results to compare with are made by the verifier, in its own process, and
never enter the worker.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from trainwhy.errors import BadFile
from trainwhy.lab import comparing, failures, loading, plain
from trainwhy.lab.task import Function
from trainwhy.lab.training import Emit
from trainwhy.lab.waiting import LOOK, is_over
from trainwhy.regular import read_regular
from trainwhy.results import Answered, Begun, Goal, Loaded, Measured, Observed, Request, Run

SEEDS = "seeds.json"  # written for both sides once the learner's file has run
ANSWER_BYTES = 4 << 20
SILENT = Goal("answers", None, None, "==", met=False, words="the function left no answers that can be judged")


def respond(request: Request, task: Function, emit: Emit) -> None:
    """Run the learner's file and call its function: on the request's own seed, or on those it is told afterwards."""
    path = loading.write_copy(request)
    run = Run(seed=request.seed, source=request.source, loop="function")
    emit(Begun())
    try:
        entry = loading.entry_of(loading.run_file(path, request.source), request.entry)
        emit(Loaded())
        answers = [_answer(task, entry, seed) for seed in _challenge(request)]
    except loading.Unusable as unusable:
        run = replace(run, error=unusable.failure)
    except BaseException as error:  # all the learner's
        run = replace(run, error=failures.describe(error, path))
    else:
        emit(Answered(tuple(answers)))
    emit(Observed(run))


def _answer(task: Function, entry: loading.Entry, seed: int) -> str:
    keras.utils.set_random_seed(seed)
    return json.dumps(plain.encode([entry.function(*arguments) for arguments in task.calls(seed)]))


def _challenge(request: Request) -> tuple[int, ...]:
    """Wait for the seeds to answer for; the keeper ends a worker that waits too long."""
    if not request.told:
        return (request.seed,)
    while (seeds := _seeds(request)) is None:
        time.sleep(LOOK)
    return seeds


def _seeds(request: Request) -> tuple[int, ...] | None:
    asked = Path(request.told) / SEEDS
    return tuple(int(seed) for seed in json.loads(asked.read_bytes())) if asked.exists() else None


def judge(request: Request, task: Function, emit: Emit) -> None:
    """Compare the worker's answers with the solution's results on the same arguments, seed by seed."""
    over, deadline = Path(request.over), time.monotonic() + request.deadline
    while (seeds := _seeds(request)) is None and not is_over(over) and time.monotonic() < deadline:
        time.sleep(LOOK)
    expected = [_expected(request, task, seed) for seed in seeds or ()]
    while not is_over(over) and time.monotonic() < deadline:
        time.sleep(LOOK)
    for place, (seed, right) in enumerate(zip(seeds or (), expected, strict=True)):
        emit(_measured(task, seed, right, Path(request.told) / f"{place}.json"))


def _expected(request: Request, task: Function, seed: int) -> list[Any]:
    keras.utils.set_random_seed(seed)
    solution = loading.trusted(Path(request.exercise) / "solution.py")
    function = getattr(solution, request.entry.partition("(")[0].strip())
    with Path(os.devnull).open("w", encoding="utf-8") as nothing, contextlib.redirect_stdout(nothing):
        return [function(*arguments) for arguments in task.calls(seed)]


def _measured(task: Function, seed: int, expected: list[Any], path: Path) -> Measured:
    try:
        given = plain.load(read_regular(path, ANSWER_BYTES, follow=False))
    except BadFile:
        return Measured(goals=(SILENT,))
    calls = list(task.calls(seed))
    if not isinstance(given, list) or len(given) != len(calls):
        return Measured(goals=(SILENT,))
    try:
        return comparing.compare(task, calls, expected, given)
    except Exception as error:  # a value that defeats the comparison is a wrong one
        words = f"what the function returned cannot be compared ({type(error).__name__})"
        return Measured(goals=(replace(SILENT, words=words),))
