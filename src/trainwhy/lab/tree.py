"""The processes below this one: how many they are, and the end of all of them."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

from trainwhy.worker import confine

DEAD = "ZX"  # states of a process that only waits for its parent to notice
LOOK = 0.25  # seconds between looks for what was started while others were being killed


def end(worker: int) -> int:
    """Kill the worker's group and everything that descends from this process; return the worker's exit code."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(worker, signal.SIGKILL)
    code, looked = 0, -LOOK
    with contextlib.suppress(ChildProcessError):
        while True:
            if time.monotonic() - looked >= LOOK:  # dying takes a process some time; looking at them takes it from them
                _kill()
                looked = time.monotonic()
            pid, raw = os.waitpid(-1, os.WNOHANG)
            if pid == worker:
                code = os.waitstatus_to_exitcode(raw)
            elif not pid:
                time.sleep(0.001)
    return code


def _kill(but: int = 0) -> None:
    """Kill all that descends from this process, and what is started meanwhile, but for one."""
    sent = {but}
    while found := set(_descendants(os.getpid())) - sent:
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        sent |= found


def crowded(worker: int, before: int) -> bool:
    """Whether a run has more processes than it may start: they are killed, and the worker is held for its time.

    The kernel refuses to start them, but not for root. Only where the system has that many threads more than `before`
    are processes looked at one by one: there may be thousands that are nobody's here.
    """
    if os.geteuid() != 0 or threads() - before <= confine.MORE_PROCESSES:
        return False
    if len(_descendants(os.getpid())) <= confine.MORE_PROCESSES:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker, signal.SIGSTOP)
    _kill(but=worker)
    return True


def threads() -> int:
    """Count the threads of the whole system; 0 where it does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/loadavg").read_text(encoding="ascii").split()[3].partition("/")[2])
    return 0


def _descendants(root: int) -> list[int]:
    """List the living processes below one."""
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - names are enough
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = Path(f"/proc/{name}/stat").read_text(encoding="utf-8", errors="replace")
            state, parent = text.rpartition(")")[2].split()[:2]
            if state not in DEAD:
                children.setdefault(int(parent), []).append(int(name))
    found, queue = [], [root]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found
