"""Runs of reference solutions, kept between commands: shown beside the learner's, never part of a verdict.

The key holds everything that decides the numbers: the task, the solution, the seed, the libraries and the package.
A file that cannot be read is made anew; a cache that cannot be written is no fault.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import replace
from pathlib import Path

from trainwhy import __version__, installed, wire
from trainwhy.results import Request, Run


def folder() -> Path:
    """Where references are kept: `TRAINWHY_CACHE`, or the user's cache folder."""
    import platformdirs  # noqa: PLC0415 - only runs need it

    chosen = os.environ.get("TRAINWHY_CACHE")
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("trainwhy")) / "references"


def read(request: Request) -> Run | None:
    """Return the kept run of a reference request."""
    try:
        return wire.load(_path(request).read_bytes(), Run)
    except (OSError, wire.WireError):
        return None


def write(request: Request, run: Run) -> None:
    """Keep the rows of a reference run; its evidence is not needed again."""
    kept = Run(seed=run.seed, start_loss=run.start_loss, epochs=run.epochs, steps=run.steps)
    path = _path(request)
    part = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(wire.dump(kept), encoding="utf-8")
        part.replace(path)


def _path(request: Request) -> Path:
    task = Path(request.exercise) / "task.py"
    text = "\0".join(
        [
            __version__,
            *(installed.version(name) for name in ("tensorflow", "keras", "numpy")),
            task.read_text(encoding="utf-8") if request.exercise else request.practice,
            wire.dump_request(replace(request, exercise="", artifact="")),
        ]
    )
    return folder() / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"
