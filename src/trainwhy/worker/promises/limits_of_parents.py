"""The limits and the priority of the processes above a run are not its to set."""

from __future__ import annotations

import os

from trainwhy.worker.promises import Ground, all_refused

TITLE = "limit or slow down the processes above it"
NEEDS = ("seccomp",)


def attempt(ground: Ground) -> str:
    """Read a limit, which is the call that sets one, and lower the priority."""
    import resource  # noqa: PLC0415 - not on Windows

    attempts = []
    for pid in (*ground.parents, os.getppid()):
        attempts += [
            (f"limit {pid}", lambda pid=pid: resource.prlimit(pid, resource.RLIMIT_CORE)),
            (f"slow {pid}", lambda pid=pid: os.setpriority(os.PRIO_PROCESS, pid, 0)),
        ]
    return all_refused(*attempts)
