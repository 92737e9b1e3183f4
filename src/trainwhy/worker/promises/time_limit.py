"""A run ends at its deadline with everything it started, whatever it ignores."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from trainwhy.worker.promises import Broken, Ground

TITLE = "outlive its deadline"
NEEDS: tuple[str, ...] = ()
ENDS = "timed_out"
SECONDS = 1.0


def attempt(_: Ground) -> str:
    """Leave a grandchild in a session of its own that ignores every signal it can."""
    if os.fork() == 0:
        os.setsid()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if os.fork() == 0:
            print(os.getpid(), flush=True)  # noqa: T201 - for `confirm`
        time.sleep(600)
    time.sleep(600)
    return "it is still there"


def confirm(_: Ground, output: str) -> str:
    """Look for the grandchild."""
    with contextlib.suppress(OSError, ValueError):
        text = Path(f"/proc/{int(output)}/stat").read_text(encoding="utf-8", errors="replace")
        if text.rpartition(")")[2].split()[0] != "Z":
            raise Broken(f"process {output.strip()} is still there")
    return "ended after 1 s, its grandchild too"
