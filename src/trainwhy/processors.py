"""How many processors this process may use."""

from __future__ import annotations

import os


def available() -> int:
    """Count them; a process may be held to some of the machine's."""
    try:
        return max(len(os.sched_getaffinity(0)), 1)
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1
