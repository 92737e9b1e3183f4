"""From a changed file to its verdict in a warm `watch`, against the same trainings in a process that is warm already.

A finding needs one training; `solved` needs the learner's on the visible and on two fresh seeds and the reference's on
those two, which is what stands beside it.
"""

from __future__ import annotations

import contextlib
import io
import os
import runpy
import statistics
import time

from ratios import Ratio, seconds

from trainwhy import check, course
from trainwhy.worker.process import ProcessWorker

TIMES = 7


def measure() -> list[Ratio]:
    """Alternate verdicts of a warm worker with trainings in this very process."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    exercise = course.load().find("missing-apply")
    starter, solution = exercise.starter(), exercise.solution()
    train_starter, train_solution = trainer(exercise, "starter.py"), trainer(exercise, "solution.py")
    with ProcessWorker(ready=2) as worker:
        check.check(exercise, starter, worker, path="x.py", prove=False)
        verdict = lambda source: check.check(exercise, source, worker, path="x.py", prove=False)  # noqa: E731 - one line
        finding = [_pair(lambda: verdict(starter), train_starter, 1) for _ in range(TIMES)]
        solved = [_pair(lambda: verdict(solution), train_solution, 5) for _ in range(TIMES)]
    return [
        Ratio("save to finding, warm (1 training)", *_medians(finding), limit=1.25, slack=0.2),
        Ratio("save to solved, warm (5 trainings)", *_medians(solved), limit=1.25, slack=0.2),
    ]


def trainer(exercise, name):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - a closure over untyped TensorFlow
    """Return a function that trains a file of the exercise in this process, warmed by one call."""
    import keras
    import tensorflow as tf
    from plain_script import train

    task = runpy.run_path(str(exercise.folder / "task.py"))["TASK"]
    learner = runpy.run_path(str(exercise.folder / name))

    def action() -> None:
        with contextlib.redirect_stdout(io.StringIO()):
            train(keras, tf, task, learner, 0)

    action()
    return action


def _pair(ours, plain, times):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - two callables
    time.sleep(2.5)  # a learner thinks between two saves; the template warms its next workers meanwhile
    return seconds(ours), sum(seconds(plain) for _ in range(times))


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
