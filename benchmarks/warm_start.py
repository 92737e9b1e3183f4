"""`trainwhy next` a second time in a row, against the same trainings in a process that is warm already.

The command is a process of its own each time; what it finds warm is the background process. Beside it stands the first
one, which has to start that.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from cold import until
from ratios import Ratio, quiet, seconds, trainwhy
from warm import trainer

from trainwhy import course, progress, workspace

TIMES = 5
PROOF = 10  # trainings: the one that is shown, and three treatments on three seeds


def measure() -> list[Ratio]:
    """Time a file with a mistake: up to the last row, and up to the end of the proof."""
    exercise = course.load().find("missing-apply")
    with tempfile.TemporaryDirectory() as home:
        place = workspace.create(Path(home) / "course", course.load())
        progress.save(place, lambda before: progress.moved_to(before, exercise.id))
        folder = str(place.folder)
        here = {**os.environ, "TRAINWHY_WARM": "1", "TRAINWHY_RUNTIME": f"{home}/background"}
        here.pop("CI", None)
        train = trainer(exercise, "starter.py")
        whole = lambda: seconds(lambda: quiet(trainwhy("next"), cwd=folder, env=here))  # noqa: E731 - one line
        shown = lambda: until(trainwhy("next"), b"Epoch 5", folder, here)  # noqa: E731 - one line
        whole()  # reference runs are kept from now on
        try:
            first = _first(shown, folder, here)
            to_row = [_pair(shown, train, 1) for _ in range(TIMES)]
            to_end = [_pair(whole, train, PROOF) for _ in range(TIMES)]
        finally:
            quiet(trainwhy("doctor", "--stop"), cwd=folder, env=here)
    second = _medians(to_row)
    return [
        Ratio("next, second in a row, to the last row", *second, limit=1.3, slack=0.3),
        Ratio("next, second in a row, to the proof", *_medians(to_end), limit=1.3, slack=0.3),
        Ratio("next, second against first in a row", second[0], first, limit=2.0, at_least=True),
    ]


def _first(action, folder, here):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a callable
    """Median seconds of a command that finds nothing in the background."""
    times = []
    for _ in range(3):
        quiet(trainwhy("doctor", "--stop"), cwd=folder, env=here)
        times.append(action())
    return statistics.median(times)


def _pair(ours, plain, times):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - two callables
    time.sleep(3.0)  # a learner edits between two commands; the next workers are warmed up meanwhile
    return ours(), sum(seconds(plain) for _ in range(times))


def _medians(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
