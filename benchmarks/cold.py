"""`trainwhy next` from nothing, against a plain script that imports TensorFlow and trains the same epochs.

Measured until the last epoch's row is printed: the proof comes after it and the reference run comes from the cache.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from ratios import Ratio, side_by_side, trainwhy

from trainwhy import course, progress, workspace

HERE = Path(__file__).parent


def measure() -> list[Ratio]:
    """Time the first exercise of chapter 2 with its untouched starter."""
    exercise = course.load().find("missing-apply")
    with tempfile.TemporaryDirectory() as home:
        place = workspace.create(Path(home) / "course", course.load())
        progress.save(place, lambda before: progress.moved_to(before, exercise.id))
        starter = str(place.path(exercise))
        plain = [sys.executable, str(HERE / "plain_script.py"), str(exercise.folder), starter]
        pair = side_by_side(
            lambda: until(trainwhy("next"), b"Epoch 5", str(place.folder)),
            lambda: until(plain, b"epoch 5", str(place.folder)),
            5,
        )
    return [Ratio("next, cold, to the last row", *pair, limit=1.15)]


def until(command: list[str], words: bytes, folder: str, environment: dict[str, str] | None = None) -> None:
    """Read a program's lines until `words` are in one, then end it."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, env=environment, **streams) as program:  # type: ignore[call-overload]  # two streams
        for line in program.stdout or ():
            if words.lower() in line.lower() or b" 5   " in line[:12]:
                break
        else:
            raise RuntimeError(f"{command} ended without {words!r}")
        program.terminate()
