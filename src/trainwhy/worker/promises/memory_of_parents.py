"""The memory, environment and open files of the processes above a run are closed to it."""

from __future__ import annotations

import os
from pathlib import Path

from trainwhy.worker.promises import Ground, all_refused

TITLE = "open the memory of the processes above it"
NEEDS = ("landlock",)


def attempt(ground: Ground) -> str:
    """Open what /proc shows of each."""
    attempts = []
    for pid in (*ground.parents, os.getppid()):
        place = Path("/proc") / str(pid)
        attempts += [
            (f"memory of {pid}", lambda place=place: (place / "mem").open("r+b").close()),
            (f"environment of {pid}", lambda place=place: (place / "environ").open("rb").close()),
            (f"files of {pid}", lambda place=place: (place / "fd" / "0").readlink()),
        ]
    return all_refused(*attempts)
