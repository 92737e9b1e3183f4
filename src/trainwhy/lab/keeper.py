"""The keeper of one run: the clean parent of a worker that owns its deadline and the end of its whole process tree."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trainwhy.worker import confine

TICK = 0.25  # seconds between looks at the run's directory
LAST_WORDS = 0.2  # seconds a worker gets to write where it was
PACKET = 64 * 1024
DESCRIPTORS = 4


@dataclass(frozen=True)
class Order:
    """One run: where its request lies, how long it may take, and the descriptors that belong to it."""

    folder: Path
    deadline: float
    events: int
    output: int
    status: int
    lifeline: int
    confined: bool = True

    @property
    def descriptors(self) -> list[int]:
        """All four, in the order in which they travel."""
        return [self.events, self.output, self.status, self.lifeline]


Work = Callable[[Order], None]


def receive(control: socket.socket) -> Order | None:
    """Take one order from a socket; None when nobody is left to give one."""
    packet, descriptors, _, _ = socket.recv_fds(control, PACKET, DESCRIPTORS)
    if not packet:
        return None
    data = json.loads(packet)
    confined = bool(data.get("confined", True))
    events, output, status, lifeline = descriptors
    return Order(Path(data["folder"]), float(data["deadline"]), events, output, status, lifeline, confined)


def pass_on(control: socket.socket, order: Order) -> None:
    """Hand an order to the process at the other end; the descriptors stay open here too."""
    document = {"folder": str(order.folder), "deadline": order.deadline, "confined": order.confined}
    packet = json.dumps(document).encode()
    socket.send_fds(control, [packet], order.descriptors)


def keep(work: Work, order: Order) -> None:
    """Fork a worker for an order, wait for its end, kill what it leaves, write one JSON status; never returns."""
    _take_charge()
    keeper = os.getpid()
    worker = os.fork()
    if worker == 0:
        _as_worker(keeper, lambda: _limited(work, order))
    _see_through(worker, order)


def keep_ready(warm_up: Callable[[], None], work: Work, control: socket.socket) -> None:
    """Fork a worker that makes itself warm, and give it the one order that comes from `control`; never returns."""
    _take_charge()
    keeper = os.getpid()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    worker = os.fork()
    if worker == 0:
        ours.close()
        control.close()
        _as_worker(keeper, lambda: _warm_then(warm_up, work, theirs))
    theirs.close()
    order = receive(control)
    if order is None:
        _end(worker)
        os._exit(0)
    pass_on(ours, order)
    _see_through(worker, order)


def _take_charge() -> None:
    confine.die_with_parent(os.getppid())
    confine.adopt_orphans()


def _warm_then(warm_up: Callable[[], None], work: Work, control: socket.socket) -> None:
    warm_up()
    order = receive(control)
    control.close()
    if order is not None:
        _limited(work, order)


def _limited(work: Work, order: Order) -> None:
    os.close(order.status)
    os.close(order.lifeline)
    if order.confined:
        confine.limit(order.deadline)
    work(order)


def _as_worker(keeper: int, run: Callable[[], None]) -> None:
    code = 70
    try:
        os.setsid()
        confine.die_with_parent(keeper)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
        code = 0
    finally:
        os._exit(code)  # no exit handler of the learner's, no flush of buffers the template had


def _see_through(worker: int, order: Order) -> None:
    began = time.monotonic()
    os.close(order.events)
    os.close(order.output)
    why = _wait(worker, order.folder if order.confined else None, order.lifeline, began + order.deadline)
    code = _end(worker)
    document = {"why": why, "code": code, "seconds": time.monotonic() - began}
    with contextlib.suppress(OSError):
        os.write(order.status, json.dumps(document).encode())
    os._exit(0)


def _wait(worker: int, folder: Path | None, lifeline: int, deadline: float) -> str:
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
            if folder is not None and _size(folder) > confine.DIRECTORY_BYTES:
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
                total += os.lstat(os.path.join(base, name)).st_size  # noqa: PTH118 - hot loop
    return total
