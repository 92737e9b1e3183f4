"""The processes that watch over a run cannot be signalled by it."""

from __future__ import annotations

import os
import signal

from trainwhy.worker.promises import Ground, all_refused

TITLE = "signal the processes above it"
NEEDS = ("landlock", "seccomp")


def attempt(ground: Ground) -> str:
    """Send each a signal that is ignored where it arrives."""
    above = (*ground.parents, os.getppid())
    return all_refused(*((f"signal {pid}", lambda pid=pid: os.kill(pid, signal.SIGURG)) for pid in above))
