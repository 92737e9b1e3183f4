"""The processes above a run cannot be traced by it."""

from __future__ import annotations

import os

from trainwhy.worker import kernel, seccomp
from trainwhy.worker.promises import Ground, all_refused

TITLE = "trace the processes above it"
NEEDS = ("seccomp",)
ATTACH = 16


def attempt(ground: Ground) -> str:
    """Attach to each."""
    column = 0 if kernel.machine() == "x86_64" else 1
    number = seccomp.REFUSED["ptrace"][column] or 0
    above = (*ground.parents, os.getppid())
    return all_refused(*((f"trace {pid}", lambda pid=pid: kernel.call(number, ATTACH, pid, 0, 0)) for pid in above))
