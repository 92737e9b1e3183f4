"""Nothing is open in a run but its input, its output, the way its events leave, and the file for its last words."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from trainwhy.worker.promises import Broken, Ground

TITLE = "find files or sockets left open"
NEEDS: tuple[str, ...] = ()
EXPECTED = ("/dev/null", "pipe:", "trace.txt", "/dev/urandom")


def attempt(_: Ground) -> str:
    """Ask what each open descriptor is."""
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - names are enough
        with contextlib.suppress(OSError):  # the one that listed them
            found.append(str(Path("/proc/self/fd", name).readlink()))
    foreign = [one for one in found if not any(part in one for part in EXPECTED)]
    if foreign:
        raise Broken(f"open: {', '.join(foreign)}")
    return f"{len(found)} open, all its own"
