"""What the background process looks after between two orders."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def end_strays(kept: int) -> None:
    """End what was adopted: only a run whose keeper was killed leaves anything here."""
    with contextlib.suppress(OSError):
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        for pid in map(int, listed):
            if pid != kept:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, os.WNOHANG)  # or at the next tick


def memory(pid: int) -> int:
    """Bytes that a process has in memory, shared ones included; 0 when it cannot be told."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
