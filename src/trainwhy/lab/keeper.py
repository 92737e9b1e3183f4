"""The keeper of one run: the clean parent of a worker that owns its deadline and the end of its whole process tree."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path

from trainwhy.worker import confine

TICK = 0.25  # seconds between looks at the run's directory
LAST_WORDS = 0.2  # seconds a worker gets to write where it was
TRACE = "trace.txt"


def keep(  # noqa: PLR0913 - one process, one call
    work: Callable[[], None],
    *,
    folder: Path,
    deadline: float,
    status: int,
    lifeline: int,
    private: tuple[int, ...],
) -> None:
    """Fork a worker for `work`, wait for its end, kill what it leaves, write one JSON status; never returns."""
    parent = os.getppid()
    confine.die_with_parent(parent)
    confine.adopt_orphans()
    began = time.monotonic()
    keeper = os.getpid()
    worker = os.fork()
    if worker == 0:
        _become_worker(work, keeper, deadline, (status, lifeline))
    for descriptor in private:
        os.close(descriptor)
    why = _wait(worker, folder, lifeline, began + deadline)
    code = _end(worker)
    document = {"why": why, "code": code, "seconds": time.monotonic() - began}
    with contextlib.suppress(OSError):
        os.write(status, json.dumps(document).encode())
    os._exit(0)


def _become_worker(work: Callable[[], None], keeper: int, deadline: float, foreign: tuple[int, ...]) -> None:
    code = 70
    try:
        os.setsid()
        confine.die_with_parent(keeper)
        for descriptor in foreign:
            os.close(descriptor)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        confine.limit(deadline)
        work()
        code = 0
    finally:
        os._exit(code)  # no exit handler of the learner's, no flush of buffers the template had


def _wait(worker: int, folder: Path, lifeline: int, deadline: float) -> str:
    """Wait until the worker ends or must end; return "ended", "deadline", "cancelled" or "files"."""
    child = os.pidfd_open(worker)
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                _ask_where(worker)
                return "deadline"
            ready, _, _ = select.select([child, lifeline], [], [], min(left, TICK))
            if child in ready:
                return "ended"
            if lifeline in ready:
                return "cancelled"
            if _size(folder) > confine.DIRECTORY_BYTES:
                return "files"
    finally:
        os.close(child)


def _ask_where(worker: int) -> None:
    """Let faulthandler in the worker write the stack it is stuck in."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(worker, signal.SIGUSR1)
        time.sleep(LAST_WORDS)


def _end(worker: int) -> int:
    """Kill the worker's group and everything that descends from this process; return the worker's exit code."""
    code = 0
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(worker, signal.SIGKILL)
    while True:
        for pid in _descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        try:
            pid, raw = os.waitpid(-1, 0)
        except ChildProcessError:
            return code
        if pid == worker:
            code = os.waitstatus_to_exitcode(raw)


def _descendants(root: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - names are enough
        with contextlib.suppress(OSError, IndexError, ValueError):
            text = Path(f"/proc/{name}/stat").read_text(encoding="utf-8", errors="replace")
            children.setdefault(int(text.rpartition(")")[2].split()[1]), []).append(int(name))
    found, queue = [], [root]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found


def _size(folder: Path) -> int:
    total = 0
    for base, _, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(base, name)).st_size  # noqa: PTH118, PTH116 - hot loop
    return total

