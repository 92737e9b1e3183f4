"""Where a run happens: its directory and its streams, put right again before each of several runs in one process.

A learner's file may change directory, delete its own, or close what it prints to. The next seed's run begins as the
first one did.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable


def remember() -> Callable[[], None]:
    """Note the directory and the streams as they are; what is returned puts them right."""
    home, output = os.getcwd(), os.dup(1)  # noqa: PTH109 - a plain string

    def restore() -> None:
        with contextlib.suppress(OSError):
            os.makedirs(home, exist_ok=True)  # noqa: PTH103 - plain strings, as above
            os.chdir(home)
        for descriptor in (0, 1, 2):
            with contextlib.suppress(OSError):
                _reopen(descriptor, output)

    return restore


def _reopen(descriptor: int, output: int) -> None:
    """Give a standard descriptor back where it was closed, and Python's own stream on it."""
    try:
        os.fstat(descriptor)
    except OSError:
        source = output if descriptor else os.open(os.devnull, os.O_RDONLY)
        os.dup2(source, descriptor)
    if not descriptor:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - the process's own streams
        return
    stream = open(descriptor, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    setattr(sys, "stdout" if descriptor == 1 else "stderr", stream)
