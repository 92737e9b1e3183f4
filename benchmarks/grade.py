"""`trainwhy grade` of a class, on one processor, on two and on Dask, against one plain script per file in a loop.

Every file is begun, and no two are the same: untouched starters and identical files, which a real class has many of,
cost `grade` nothing and are left out. The loop is timed on every fifth file and scaled. `CLASS_PEOPLE=20` makes the
class larger; what starting TensorFlow costs weighs less then.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from ratios import Ratio, quiet, seconds, trainwhy

from trainwhy import course

HERE = Path(__file__).parent
PEOPLE = int(os.environ.get("CLASS_PEOPLE", "10"))
EVERY = 5  # of the files are timed in the plain loop


def measure() -> list[Ratio]:
    """Grade the class three ways; each must beat the plain loop by its limit."""
    with tempfile.TemporaryDirectory() as home:
        files = _make(Path(home) / "class")
        plain = _loop(files[::EVERY]) * EVERY
        one = _grade(home, "one", processors=1)
        two = _grade(home, "two")
        made = [
            _ratio("grade, 1 processor", len(files), one, plain, 3.0),
            _ratio("grade, 2 at a time", len(files), two, plain, 6.0),
            Ratio("1 processor to 2: speed-up", two, one, limit=1.5, at_least=True),
        ]
        with contextlib.suppress(ImportError), _cluster() as address:
            dask = _grade(home, "dask", "--dask", address)
            made.append(_ratio("grade, Dask with 2 worker processes", len(files), dask, plain, 4.0))
        return made


def _ratio(name: str, files: int, ours: float, plain: float, limit: float) -> Ratio:
    return Ratio(f"{name} ({files / ours:.2f} files/s)", ours, plain, limit=limit, at_least=True)


def _make(folder: Path) -> list[tuple[str, str]]:
    """Hand in right and wrong files by turns, each with its owner's name in it."""
    made = []
    for exercise in course.load().exercises:
        right = [exercise.solution(), *(path.read_text("utf-8") for path in exercise.alternatives())]
        wrong = [path.read_text("utf-8") for path in exercise.mistakes()]
        turns = cycle([text for pair in zip(cycle(right), wrong, strict=False) for text in pair] or right)
        for number, text in enumerate(islice(turns, PEOPLE)):
            path = folder / f"person{number}" / exercise.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n# person{number}\n", encoding="utf-8")
            made.append((str(exercise.folder), str(path)))
    return made


def _loop(files: list[tuple[str, str]]) -> float:
    return sum(seconds(lambda f=f: quiet([sys.executable, str(HERE / "plain_script.py"), *f])) for f in files)


def _grade(home: str, name: str, *more: str, processors: int = 0) -> float:
    command = trainwhy("grade", "class", "--output", f"{name}.csv", *more)
    if processors and hasattr(os, "sched_setaffinity"):
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, set(sorted(before)[:processors]))
        try:
            return seconds(lambda: quiet(command, cwd=home))
        finally:
            os.sched_setaffinity(0, before)
    return seconds(lambda: quiet(command, cwd=home))


@contextlib.contextmanager
def _cluster() -> Iterator[str]:
    """Start a scheduler and two worker processes, as on other machines; give the address."""
    import distributed  # noqa: F401 - an extra: without it there is nothing to measure

    with contextlib.ExitStack() as stack:
        scheduler = stack.enter_context(
            _started("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        )
        address = next(found[0] for line in scheduler if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
        for _ in range(2):
            stack.enter_context(
                _started("dask_worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard")
            )
        time.sleep(5.0)  # a cluster that is up already is no part of what is timed
        yield address


@contextlib.contextmanager
def _started(module: str, *arguments: str) -> Iterator[Iterator[str]]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield iter(process.stderr or [])
        finally:
            process.terminate()
