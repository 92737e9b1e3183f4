"""`trainwhy next` from nothing, against a plain script that imports TensorFlow and trains the same epochs.

Measured until the last epoch's row is printed: the proof comes after it and the reference run comes from the cache.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ratios import Ratio, trainwhy

from trainwhy import course, progress, workspace

HERE = Path(__file__).parent
TIMES = 5


def measure() -> list[Ratio]:
    """Time the first exercise of chapter 2 with its untouched starter."""
    exercise = course.load().find("missing-apply")
    with tempfile.TemporaryDirectory() as home:
        place = workspace.create(Path(home) / "course", course.load())
        progress.save(place, lambda before: progress.moved_to(before, exercise.id))
        starter = str(place.path(exercise))
        plain = [sys.executable, str(HERE / "plain_script.py"), str(exercise.folder), starter]
        pairs = [
            (until(trainwhy("next"), b"Epoch 5", str(place.folder)), until(plain, b"epoch 5", str(place.folder)))
            for _ in range(TIMES + 1)
        ][1:]
    ours, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return [Ratio("next, cold, to the last row", ours, other, limit=1.15)]


def until(command: list[str], words: bytes, folder: str, environment: dict[str, str] | None = None) -> float:
    """Read a program's lines until `words` are in one, then end it; the seconds until then."""
    began = time.perf_counter()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment, **streams) as program:  # type: ignore[call-overload]  # two streams
        for line in program.stdout or ():
            if words.lower() in line.lower() or b" 5   " in line[:12]:
                took = time.perf_counter() - began
                break
        else:
            raise RuntimeError(f"{command} ended without {words!r}")
        program.terminate()
    return took
