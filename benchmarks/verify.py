"""`trainwhy verify` of every solution, against one plain script per file, one after another."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from ratios import Ratio, quiet, seconds, trainwhy

from trainwhy import course, workspace

HERE = Path(__file__).parent


def measure() -> list[Ratio]:
    """Put every solution into a workspace and check all of them."""
    known = course.load()
    with tempfile.TemporaryDirectory() as home:
        place = workspace.create(Path(home) / "course", known)
        for exercise in known.exercises:
            place.path(exercise).write_text(exercise.solution(), encoding="utf-8")
        files = [(str(e.folder), str(place.path(e))) for e in known.exercises]
        runs = [seconds(lambda: quiet(trainwhy("verify"), cwd=str(place.folder))) for _ in range(3)]
        ours = statistics.median(runs)
        plain = sum(seconds(lambda f=f: quiet([sys.executable, str(HERE / "plain_script.py"), *f])) for f in files)
    return [Ratio(f"verify {len(files)} solutions", ours, plain, limit=4.0, at_least=True)]
